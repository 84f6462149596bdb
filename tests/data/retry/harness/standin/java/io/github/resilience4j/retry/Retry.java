package io.github.resilience4j.retry;

import java.util.concurrent.Callable;

/** The order in which resilience4j asks: the predicate, the number of attempts, the interval. */
public final class Retry {
    private final RetryConfig config;

    private Retry(RetryConfig config) {
        this.config = config;
    }

    public static Retry of(String name, RetryConfig config) {
        return new Retry(config);
    }

    public <T> T executeCallable(Callable<T> callable) throws Exception {
        for (int attempt = 1; ; attempt++) {
            T result = callable.call();
            if (!config.retryOnResult.test(result) || attempt >= config.maxAttempts) {
                return result;
            }
            Thread.sleep(config.interval.apply(attempt, result));
        }
    }
}

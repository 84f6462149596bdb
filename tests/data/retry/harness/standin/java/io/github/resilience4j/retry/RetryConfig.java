package io.github.resilience4j.retry;

import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Plays resilience4j's part where it is not at hand. */
public final class RetryConfig {
    int maxAttempts;
    Predicate<Object> retryOnResult;
    BiFunction<Integer, Object, Long> interval;

    @SuppressWarnings("unchecked")
    public static <T> Builder<T> custom() {
        return new Builder<>();
    }

    public static final class Builder<T> {
        private final RetryConfig config = new RetryConfig();

        public Builder<T> maxAttempts(int most) {
            config.maxAttempts = most;
            return this;
        }

        @SuppressWarnings("unchecked")
        public Builder<T> retryOnResult(Predicate<T> predicate) {
            config.retryOnResult = (Predicate<Object>) predicate;
            return this;
        }

        public Builder<T> retryOnException(Predicate<Throwable> predicate) {
            return this;
        }

        public Builder<T> intervalBiFunction(BiFunction<Integer, Object, Long> interval) {
            config.interval = interval;
            return this;
        }

        public RetryConfig build() {
            return config;
        }
    }
}

"""Plays tenacity's part where it is not installed: the order in which it asks, and what it is told."""

stop_never = object()


class _Attempt:
    def __init__(self, value):
        self.failed = False
        self._value = value

    def result(self):
        return self._value


class _State:
    def __init__(self, number, value):
        self.attempt_number = number
        self.outcome = _Attempt(value)


class Retrying:
    def __init__(self, retry, wait, stop, sleep):
        assert stop is stop_never
        self._retry, self._wait, self._sleep = retry, wait, sleep

    def __call__(self, function):
        number = 0
        while True:
            number += 1
            state = _State(number, function())
            if not self._retry(state):
                return state.outcome.result()
            self._sleep(self._wait(state))

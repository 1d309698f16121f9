package io.webchat.examples.server.local;

import java.time.Duration;

/**
 * The pauses before the starts of a process that keeps dying: none, then half a second, then twice as long each time.
 * Safe for use by several threads.
 */
final class RestartDelay {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    // A process that lived for so long has not died of its start.
    private static final Duration SOUND = Duration.ofMinutes(1);

    private Duration next = Duration.ZERO;

    /** The pause before the next start, after the process has lived for so long; zero if it did not start. */
    synchronized Duration after(Duration life) {
        Duration pause = life.compareTo(SOUND) >= 0 ? Duration.ZERO : next;
        Duration doubled = pause.isZero() ? FIRST : pause.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return pause;
    }
}

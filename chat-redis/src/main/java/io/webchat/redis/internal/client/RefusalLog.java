package io.webchat.redis.internal.client;

import io.webchat.core.ErrorCode;
import io.webchat.core.spi.support.LogThrottle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Logs the commands that Redis refuses, with the reason: one line for each kind of refusal in 10 seconds. Safe for use
 * by many threads.
 */
public final class RefusalLog {
    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);

    /** A server that invents kinds of refusals must not fill the memory. */
    private static final int MAX_KINDS = 50;

    private final Map<String, LogThrottle> throttles = new ConcurrentHashMap<>();

    /** A log that has logged nothing. */
    public RefusalLog() {}

    /** Redis refused the command of this name. */
    public void refused(Supplier<String> command, JedisDataException refusal) {
        String kind = ErrorReplies.kind(refusal);
        if (throttles.size() >= MAX_KINDS && !throttles.containsKey(kind)) {
            return;
        }
        if (throttles.computeIfAbsent(kind, any -> new LogThrottle()).permits()) {
            log(command.get(), refusal);
        }
    }

    private static void log(String command, JedisDataException refusal) {
        // Redis repeats the arguments of an unknown command, among them the texts of messages.
        String reason = ConnectionDiagnosis.repeatsArguments(refusal)
                ? "ERR unknown command"
                : String.valueOf(refusal.getMessage());
        if (ErrorReplies.toChatException(refusal).code() == ErrorCode.INTERNAL) {
            log.error("Redis refused {}: {}; further refusals may not be logged", command, reason);
        } else {
            log.warn("Redis refused {}: {}; further refusals may not be logged", command, reason);
        }
    }
}

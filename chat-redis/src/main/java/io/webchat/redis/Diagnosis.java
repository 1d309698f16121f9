package io.webchat.redis;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Says in one sentence why there is no connection; jedis says "Failed to connect to any host" and hides the rest. */
final class Diagnosis {
    private static final Map<String, String> REFUSALS = Map.of(
            "WRONGPASS", "Redis does not know this user and password",
            "NOAUTH", "Redis asks for a password",
            "NOPERM", "Redis does not allow this user what webchat needs",
            "LOADING", "Redis is loading its data");

    private Diagnosis() {}

    static String of(Throwable failure) {
        Deque<Throwable> causes = new ArrayDeque<>();
        causes.add(failure);
        String first = null;
        for (int seen = 0; !causes.isEmpty() && seen < 100; seen++) {
            Throwable cause = causes.remove();
            String sentence = sentence(cause);
            if (sentence != null && (first == null || cause instanceof JedisDataException)) {
                // What a server answered says more than that another one did not.
                first = sentence;
            }
            if (cause.getCause() != null) {
                causes.add(cause.getCause());
            }
            causes.addAll(List.of(cause.getSuppressed()));
        }
        return first != null ? first : "no connection to Redis: " + failure.getMessage();
    }

    private static @Nullable String sentence(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "there is no such host: " + cause.getMessage();
        }
        if (cause instanceof SSLException) {
            return "no TLS with Redis: " + cause.getMessage();
        }
        if (cause instanceof SocketTimeoutException) {
            return "Redis does not answer in time";
        }
        if (cause instanceof ConnectException) {
            return "nothing listens where Redis should: " + cause.getMessage();
        }
        if (cause instanceof JedisDataException refusal) {
            String known = REFUSALS.get(Refusals.kind(refusal));
            return known != null ? known : "Redis refuses: " + refusal.getMessage();
        }
        return null;
    }
}

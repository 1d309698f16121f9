package io.webchat.redis.internal.client;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Says in one sentence why there is no connection; jedis says "Failed to connect to any host" and hides the rest. */
public final class ConnectionDiagnosis {
    private static final Map<String, String> REFUSALS = Map.of(
            "WRONGPASS", "Redis does not know this user and password",
            "NOAUTH", "Redis asks for a password",
            "NOPERM", "Redis does not allow this user what webchat needs",
            "LOADING", "Redis is loading its data");

    private static final int MANY = 1000;

    private ConnectionDiagnosis() {}

    /** One sentence for whoever runs the node. */
    public static String of(Throwable failure) {
        String first = null;
        for (Throwable cause : causes(failure)) {
            String sentence = sentence(cause);
            if (sentence != null && (first == null || cause instanceof JedisDataException)) {
                // What a server answered says more than that another one did not.
                first = sentence;
            }
        }
        return first != null ? first : "no connection to Redis: " + failure.getMessage();
    }

    /** Whether any part of the failure repeats what was sent, as Redis does for commands that it does not know. */
    static boolean repeatsArguments(Throwable failure) {
        return causes(failure).stream()
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("with args beginning with"));
    }

    /** The failure, what caused it and what it suppressed, outermost first; not more than anybody would read. */
    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> found = new ArrayList<>(List.of(failure));
        for (int i = 0; i < found.size() && found.size() < MANY; i++) {
            Throwable cause = found.get(i).getCause();
            if (cause != null) {
                found.add(cause);
            }
            found.addAll(List.of(found.get(i).getSuppressed()));
        }
        return found;
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
            String known = REFUSALS.get(ErrorReplies.kind(refusal));
            return known != null ? known : "Redis refuses: " + refusal.getMessage();
        }
        return null;
    }
}

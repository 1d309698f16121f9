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

/**
 * Explains in one sentence why there is no connection. The message of jedis, "Failed to connect to any host", hides the
 * reason among its causes.
 */
public final class ConnectionDiagnosis {
    private static final Map<String, String> REFUSALS = Map.of(
            "WRONGPASS", "the user or the password is wrong",
            "NOAUTH", "a password is required",
            "NOPERM", "this user lacks a right that webchat needs: see the ACL rules in docs/operations.md",
            "LOADING", "the server is loading its data");

    private static final int MAX_CAUSES = 1000;

    private ConnectionDiagnosis() {}

    /** A sentence with the address of the server and the reason. */
    public static String describe(Throwable failure) {
        ConnectFailedException best = null;
        for (Throwable cause : causes(failure)) {
            // If several servers failed, the refusal of one says more than the silence of another.
            if (cause instanceof ConnectFailedException failed && (best == null || isRefusal(failed))) {
                best = failed;
            }
        }
        if (best != null && (isRefusal(best) || !isRefusal(failure))) {
            return String.valueOf(best.getMessage());
        }
        return "no connection to Redis: " + reason(failure);
    }

    /** The reason alone, without the address of the server. */
    public static String reason(Throwable failure) {
        String first = null;
        for (Throwable cause : causes(failure)) {
            String known = known(cause);
            if (known != null && (first == null || cause instanceof JedisDataException)) {
                first = known;
            }
        }
        return first != null ? first : String.valueOf(failure.getMessage());
    }

    private static boolean isRefusal(Throwable failure) {
        return causes(failure).stream().anyMatch(JedisDataException.class::isInstance);
    }

    /** Whether any part of the failure repeats the arguments of a command, as Redis does for unknown commands. */
    static boolean repeatsArguments(Throwable failure) {
        return causes(failure).stream()
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("with args beginning with"));
    }

    /** The failure, its causes and its suppressed failures, outermost first. */
    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> found = new ArrayList<>(List.of(failure));
        for (int i = 0; i < found.size() && found.size() < MAX_CAUSES; i++) {
            Throwable cause = found.get(i).getCause();
            if (cause != null) {
                found.add(cause);
            }
            found.addAll(List.of(found.get(i).getSuppressed()));
        }
        return found;
    }

    private static @Nullable String known(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "no such host: " + cause.getMessage();
        }
        if (cause instanceof SSLException) {
            return "TLS failed: " + cause.getMessage();
        }
        if (cause instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        if (cause instanceof ConnectException) {
            return "Connection refused".equals(cause.getMessage()) ? "connection refused" : cause.getMessage();
        }
        if (cause instanceof JedisDataException refusal) {
            String known = REFUSALS.get(ErrorReplies.kind(refusal));
            return known != null ? known : "the server refused: " + refusal.getMessage();
        }
        String message = String.valueOf(cause.getMessage());
        return message.startsWith("Unexpected end of stream") ? "the server closed the connection" : null;
    }
}

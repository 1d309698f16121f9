package io.webchat.socketio.spring;

import io.webchat.core.spi.BackendCheck;
import io.webchat.core.spi.support.Failures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the backends of this node, all at the same time. */
final class ChatHealth {
    private static final long TIMEOUT_SECONDS = 3;
    private static final String UP = "up";

    private final List<BackendCheck> checks;

    /**
     * The result for {@code /actuator/health}.
     *
     * @param status the code of a status of Spring Boot
     * @param details the port, and {@code up} or the fault of each backend
     */
    record Report(String status, Map<String, Object> details) {}

    ChatHealth(List<BackendCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    /** Returns whether all backends answer in time. The stage never fails. */
    CompletionStage<Boolean> ready() {
        CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
        for (BackendCheck each : checks) {
            all = all.thenCombine(ask(each), (ready, answer) -> ready && answer.equals(UP));
        }
        return all;
    }

    /**
     * Blocks until all backends have answered, a few seconds at most.
     *
     * @param server the server of this node; null if the application runs one of its own
     */
    Report report(@Nullable WebchatServer server) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (server != null) {
            OptionalInt port = server.port();
            if (port.isEmpty()) {
                return new Report("OUT_OF_SERVICE", details);
            }
            details.put("port", port.getAsInt());
        }
        Map<String, CompletableFuture<String>> asked = new LinkedHashMap<>();
        checks.forEach(check -> asked.put(check.name(), ask(check)));
        asked.forEach((name, answer) -> details.put(name, answer.join()));
        boolean up = asked.values().stream().allMatch(answer -> answer.join().equals(UP));
        return new Report(up ? "UP" : "DOWN", details);
    }

    private static CompletableFuture<String> ask(BackendCheck check) {
        return CompletableFuture.completedStage(check)
                .thenCompose(BackendCheck::check)
                .toCompletableFuture()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .handle((answered, failure) -> failure == null ? UP : reason(failure));
    }

    private static String reason(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        return cause.getMessage() == null ? "no answer in " + TIMEOUT_SECONDS + " s" : cause.getMessage();
    }
}

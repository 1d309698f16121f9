package io.webchat.socketio.rest;

import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Health checks and metrics for orchestrators and Prometheus: {@code GET /health/live}, {@code GET /health/ready} and
 * {@code GET /metrics}. They need no token.
 */
public final class Probes implements HttpHandler {
    /** {@code GET} tells whether the process answers at all. */
    public static final String LIVE = "/health/live";
    /** {@code GET} tells whether the node should receive traffic. */
    public static final String READY = "/health/ready";
    /** {@code GET} returns the metrics in Prometheus' text format. */
    public static final String METRICS = "/metrics";

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final ReadinessCheck readiness;
    private final @Nullable Supplier<String> metrics;

    /**
     * Makes a handler for all three paths.
     *
     * @param readiness tells whether the node is ready. A failure means no, and so does a check that takes longer than
     *     5 s. At most one check runs at a time, and at most one begins per second. It must not block
     * @param metrics returns the metrics in Prometheus' text format. It is called on network threads and must be quick.
     *     If it is null, the path answers 404
     */
    public Probes(Supplier<? extends CompletionStage<Boolean>> readiness, @Nullable Supplier<String> metrics) {
        this.readiness = new ReadinessCheck(readiness, System::nanoTime);
        this.metrics = metrics;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return answer(request).thenApply(answer -> answer.withHeader("Cache-Control", "no-store"));
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request) {
        boolean known = request.path().equals(LIVE)
                || request.path().equals(READY)
                || (request.path().equals(METRICS) && metrics != null);
        if (!known) {
            return done(Problem.of(404, "not_found", "There is nothing at this path.", request.id()));
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return done(Problem.of(405, "bad_request", "This path does not take that method.", request.id())
                    .withHeader("Allow", "GET, HEAD"));
        }
        if (request.path().equals(READY)) {
            return readiness.ask().thenApply(ready -> ready ? status("ready") : notReady(request));
        }
        return done(request.path().equals(LIVE) || metrics == null ? status("live") : figures(metrics));
    }

    private static HttpResponse figures(Supplier<String> metrics) {
        return HttpResponse.of(200, PROMETHEUS, metrics.get().getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse status(String status) {
        return HttpResponse.json(200, "{\"status\":\"" + status + "\"}");
    }

    private static HttpResponse notReady(HttpRequest request) {
        return Problem.of(503, "unavailable", "The node is not ready.", request.id())
                .withHeader("Retry-After", "1");
    }

    private static CompletionStage<HttpResponse> done(HttpResponse response) {
        return CompletableFuture.completedStage(response);
    }
}

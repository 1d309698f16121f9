package io.webchat.socketio.internal.rest;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.http.BodySink;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.JsonBody;
import io.webchat.socketio.http.Problem;
import io.webchat.socketio.http.StreamingHandler;
import io.webchat.socketio.internal.auth.RateLimiter;
import io.webchat.socketio.internal.auth.TokenAuthentication;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the endpoint of a request and runs it for the user of the bearer token.
 *
 * <p>It never blocks. Every failure becomes a problem (RFC 9457), so the returned stage does not fail.
 */
public final class RestDispatcher implements StreamingHandler {
    /** The path on which this handler streams: uploads of files. */
    public static final String STREAMED = AttachmentUploads.PATH;

    private static final String CACHE = "Cache-Control";
    private static final String NO_STORE = "no-store";

    private static final Logger LOG = LoggerFactory.getLogger(RestDispatcher.class);

    // A decoded path may hold line ends, which would forge lines of the log.
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private record Match(RestEndpoint endpoint, Map<String, String> path) {}

    private final BearerAuthentication bearer;
    private final RateLimiter<UserId> rate;
    private final AttachmentUploads uploads;
    private final List<RestEndpoint> endpoints;

    /**
     * Makes a dispatcher for this chat.
     *
     * @param tokens returns the principal of a token
     * @param requestsPerSecond how many requests a user may make per second on this node; 0 means no limit
     */
    public RestDispatcher(Chat chat, TokenAuthentication tokens, int requestsPerSecond) {
        bearer = new BearerAuthentication(tokens);
        rate = new RateLimiter<>(
                "too many requests", requestsPerSecond, chat.config().burst(), System::nanoTime);
        uploads = new AttachmentUploads(chat.attachments());
        endpoints = Stream.of(
                        CallLogEndpoints.of(chat),
                        MessageEndpoints.of(chat),
                        AmendmentEndpoints.of(chat),
                        RoomEndpoints.of(chat),
                        ProfileEndpoints.of(chat),
                        PresenceEndpoints.of(chat),
                        AttachmentEndpoints.of(chat.attachments(), uploads))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return answer(request).handle((response, failure) -> {
            if (response == null) {
                return failed(request, failure);
            }
            log(request, response);
            // Files say themselves how long they may be kept.
            return response.headers().containsKey(CACHE) ? response : response.withHeader(CACHE, NO_STORE);
        });
    }

    /** Begins an upload: checks the token, then the request. */
    @Override
    public CompletionStage<BodySink> begin(HttpRequest request, OptionalLong length) {
        return bearer.principal(request).thenCompose(principal -> uploads.begin(principal.user(), request, length));
    }

    @Override
    public int bytesPerSecond() {
        return uploads.bytesPerSecond();
    }

    @Override
    public HttpResponse failed(HttpRequest request, Throwable failure) {
        HttpResponse response = RestResponses.failed(request, failure).withHeader(CACHE, NO_STORE);
        log(request, response);
        return response;
    }

    private static void log(HttpRequest request, HttpResponse answer) {
        LOG.debug(
                "{} {} {} of {} -> {}",
                request.id(),
                request.method(),
                CONTROL.matcher(request.path()).replaceAll("?"),
                request.remoteAddress(),
                answer.status());
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request) {
        List<Match> matches = matches(request.path());
        if (matches.isEmpty()) {
            return done(Problem.of(404, "not_found", "There is nothing at this path.", request.id()));
        }
        Optional<Match> match = matches.stream()
                .filter(each -> each.endpoint().answers(request.method()))
                .findFirst();
        if (match.isEmpty()) {
            return done(Problem.of(405, "bad_request", "This path does not take that method.", request.id())
                    .withHeader("Allow", allow(matches)));
        }
        return bearer.principal(request).thenCompose(principal -> run(match.get(), principal, request));
    }

    private CompletionStage<HttpResponse> run(Match match, Principal principal, HttpRequest request) {
        if (match.endpoint().metered()) {
            rate.take(principal.user());
        }
        boolean empty = request.body().length == 0;
        switch (match.endpoint().input()) {
            case UNREAD, FILE -> {}
            case OPTIONAL, NEEDED -> {
                if (!empty && !JsonBody.isPlainJson(request)) {
                    return done(Problem.of(415, "bad_request", JsonBody.MEDIA_TYPE_RULE, request.id()));
                }
                if (empty && match.endpoint().input() == RestEndpoint.Input.NEEDED) {
                    throw new ChatException(ErrorCode.BAD_REQUEST, "a JSON object is required as the body");
                }
            }
        }
        return match.endpoint().operation().run(new RestCall(principal, request, match.path()));
    }

    private List<Match> matches(String path) {
        List<String> segments = PathTemplate.split(path);
        List<Match> found = new ArrayList<>();
        for (RestEndpoint endpoint : endpoints) {
            endpoint.path().match(segments).ifPresent(values -> found.add(new Match(endpoint, values)));
        }
        return found;
    }

    private static String allow(List<Match> matches) {
        Set<String> methods = new LinkedHashSet<>();
        for (Match match : matches) {
            methods.add(match.endpoint().method());
            if (match.endpoint().method().equals("GET")) {
                methods.add("HEAD");
            }
        }
        return String.join(", ", methods);
    }

    private static CompletionStage<HttpResponse> done(HttpResponse response) {
        return CompletableFuture.completedStage(response);
    }

    /** Returns all operations, such as {@code GET /v1/call-logs}. */
    List<String> operations() {
        return endpoints.stream().map(RestEndpoint::toString).toList();
    }
}

package io.webchat.examples.server.push;

import com.zerodeplibs.webpush.EncryptedPushMessage;
import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.PushMessage;
import com.zerodeplibs.webpush.header.TTL;
import com.zerodeplibs.webpush.header.Topic;
import com.zerodeplibs.webpush.header.Urgency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Pushes over HTTP (RFC 8030): encrypts the text for the browser (RFC 8291) and signs the request (RFC 8292). It
 * follows no redirects, because only the endpoint itself was checked.
 */
final class HttpPushTransport implements PushTransport {
    /** How long a push service keeps a push for a browser that is not connected. */
    static final Duration KEPT = Duration.ofDays(1);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final VapidKey key;
    private final EndpointRule rule;
    private final Clock clock;
    private final Executor threads;

    HttpPushTransport(VapidKey key, EndpointRule rule, Clock clock, Executor threads) {
        this.key = key;
        this.rule = rule;
        this.clock = clock;
        this.threads = threads;
        this.client = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads)
                .build();
    }

    @Override
    public CompletableFuture<Answer> post(Push push) {
        return CompletableFuture.supplyAsync(() -> request(push), threads).thenCompose(this::answer);
    }

    private CompletableFuture<Answer> answer(HttpRequest request) {
        CompletableFuture<HttpResponse<Void>> sending =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        // The time-out of the request ends with the head of the answer. Its body has as long again.
        CompletableFuture<HttpResponse<Void>> bounded =
                sending.copy().orTimeout(2 * TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        return bounded.whenComplete((response, failure) -> sending.cancel(true)).thenApply(response -> {
            Optional<String> wait = response.headers().firstValue("Retry-After");
            return new Answer(response.statusCode(), wait.flatMap(this::retryAfter));
        });
    }

    private HttpRequest request(Push push) {
        URI endpoint = push.to().endpoint();
        try {
            rule.resolve(endpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // An encryption is for one thread.
        EncryptedPushMessage body =
                MessageEncryptions.of().encrypt(push.to().keys().forEncryption(), PushMessage.of(push.text()));
        return HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Authorization", key.authorization(endpoint))
                .header("Content-Type", body.mediaType())
                .header("Content-Encoding", body.contentEncoding())
                .header(TTL.HEADER_NAME, Long.toString(KEPT.toSeconds()))
                .header(Urgency.HEADER_NAME, push.urgency())
                .header(Topic.HEADER_NAME, push.topic())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toBytes()))
                .build();
    }

    /** Seconds, or a date. */
    private Optional<Duration> retryAfter(String value) {
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            ZonedDateTime until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(clock.instant(), until.toInstant());
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

package io.webchat.examples.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.core.ChatEvent;
import io.webchat.core.OfflineListener;
import io.webchat.core.UserId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a push gateway, over HTTP, that a message waits for somebody who is away. The text stays here. A message may be
 * told of twice: the gateway collapses what has the same {@code id}.
 */
final class PushNotifications implements OfflineListener {
    private static final Logger LOG = LoggerFactory.getLogger(PushNotifications.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI gateway;

    PushNotifications(URI gateway) {
        this.gateway = gateway;
    }

    /** To the gateway at {@code PUSH_URL}; without one the log tells who would be notified. */
    static OfflineListener configured(Map<String, String> environment) {
        String url = environment.get("PUSH_URL");
        return url == null
                ? (user, message) -> LOG.info("{} is away: a message of {} waits", user, message.from())
                : new PushNotifications(URI.create(url));
    }

    /** Called on threads that may block for a while. */
    @Override
    public void onOffline(UserId user, ChatEvent.Message message) {
        try {
            int status = http.send(request(user, message), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status >= 300) {
                LOG.warn("the push gateway answered {} about a message to {}", status, user);
            }
        } catch (IOException e) {
            // The message is safe in the queue: only a notification is lost.
            LOG.warn("the push gateway cannot be reached about a message to {}", user, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(UserId user, ChatEvent.Message message) throws JsonProcessingException {
        String body = json.writeValueAsString(Map.of(
                "user", user.value(),
                "from", message.from().value(),
                "id", message.id().value()));
        return HttpRequest.newBuilder(gateway)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}

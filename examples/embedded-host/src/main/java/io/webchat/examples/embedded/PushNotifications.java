package io.webchat.examples.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.core.OfflineListener;
import io.webchat.core.OfflineMessage;
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
 * Tells a push gateway, over HTTP, that a message waits which no device of its recipient confirmed in time. The text
 * stays here. The gateway shows the title, and the number of unread messages as a badge.
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
                ? missed -> LOG.info("{} is away: a message of {} waits", missed.user(), missed.title())
                : new PushNotifications(URI.create(url));
    }

    /** Called on threads that may block for a while. */
    @Override
    public void onOffline(OfflineMessage missed) {
        try {
            int status = http.send(request(missed), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status >= 300) {
                LOG.warn("the push gateway answered {} about a message to {}", status, missed.user());
            }
        } catch (IOException e) {
            // The message is safe in the queue: only a notification is lost.
            LOG.warn("the push gateway cannot be reached about a message to {}", missed.user(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(OfflineMessage missed) throws JsonProcessingException {
        String body = json.writeValueAsString(Map.of(
                "user", missed.user().value(),
                "title", missed.title(),
                "badge", missed.unread(),
                "id", missed.message().id().value()));
        return HttpRequest.newBuilder(gateway)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}

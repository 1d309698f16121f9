package io.webchat.examples.spring;

import io.webchat.core.OfflineListener;
import io.webchat.core.OfflineMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Tells a push gateway, over HTTP, that a message waits which no device of its recipient confirmed in time. The text
 * stays here. The gateway shows the title, and the number of unread messages as a badge.
 */
final class PushNotifications implements OfflineListener {
    private static final Logger LOG = LoggerFactory.getLogger(PushNotifications.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final RestClient gateway;

    PushNotifications(URI url) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(TIMEOUT).build());
        requests.setReadTimeout(TIMEOUT);
        gateway = RestClient.builder()
                .baseUrl(url.toString())
                .requestFactory(requests)
                .build();
    }

    /** Called on threads that may block for a while. */
    @Override
    public void onOffline(OfflineMessage missed) {
        try {
            gateway.post()
                    .body(Map.of(
                            "user", missed.user().value(),
                            "title", missed.title(),
                            "badge", missed.unread(),
                            "id", missed.message().id().value()))
                    .retrieve()
                    .toBodilessEntity();
        } catch (RestClientException e) {
            // The message is safe in the queue: only a notification is lost.
            LOG.warn("the push gateway did not take a notification of {}", missed.user(), e);
        }
    }
}

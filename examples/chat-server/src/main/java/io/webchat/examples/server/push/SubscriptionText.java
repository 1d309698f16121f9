package io.webchat.examples.server.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.webchat.core.ids.DeviceId;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The subscriptions of a user as the stored text: JSON, the one that was renewed last at the end. */
final class SubscriptionText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SubscriptionText() {}

    static String of(List<PushSubscription> subscriptions) {
        ArrayNode all = JSON.createArrayNode();
        for (PushSubscription each : subscriptions) {
            ObjectNode one = all.addObject()
                    .put("device", each.device().value())
                    .put("endpoint", each.endpoint().toString())
                    .put("p256dh", each.keys().p256dh())
                    .put("auth", each.keys().auth())
                    .put("notice", each.notice())
                    .put("showsText", each.showsText());
            ArrayNode muted = one.putArray("muted");
            each.muted().forEach(muted::add);
        }
        return all.toString();
    }

    /**
     * Reads what {@link #of} wrote; an empty text has none.
     *
     * @throws IllegalStateException when somebody else has written it
     */
    static List<PushSubscription> read(String text) {
        List<PushSubscription> subscriptions = new ArrayList<>();
        if (text.isEmpty()) {
            return subscriptions;
        }
        try {
            JSON.readTree(text).forEach(each -> subscriptions.add(one(each)));
            return subscriptions;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored push subscriptions of a user are no JSON", e);
        }
    }

    private static PushSubscription one(JsonNode json) {
        List<String> muted = new ArrayList<>();
        json.path("muted").forEach(each -> muted.add(each.textValue()));
        return new PushSubscription(
                DeviceId.of(json.path("device").textValue()),
                URI.create(json.path("endpoint").textValue()),
                new PushKeys(json.path("p256dh").textValue(), json.path("auth").textValue()),
                json.path("notice").textValue(),
                json.path("showsText").booleanValue(),
                muted);
    }
}

package io.webchat.dynamo;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationId;
import io.webchat.core.Envelope;
import io.webchat.core.EventCodec;
import io.webchat.core.MessagePosition;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Messages as items: {@code C#<conversation>} / {@code M#<storedAt>#<author>#<MsgID>}, and by their
 * name in the index.
 */
final class Messages {
    static final String EVENT = "event";
    /** DynamoDB takes 400 KB; one item that is larger would make it refuse a whole batch. */
    static final int MAX_BYTES = 390_000;

    /** The longest text that fits, were each of its bytes to become six in JSON. */
    static final int MAX_TEXT = 64_000;

    /** More than an item weighs beside its event: keys, names of attributes. */
    private static final int OVERHEAD = 1_000;

    private Messages() {}

    static Item item(ConversationId conversation, Last message) {
        MessagePosition place = message.position();
        return Item.of(Keys.conversation(conversation), message.key())
                .with(Keys.INDEX_PK, Keys.named(conversation, place.author(), place.id()))
                .with(Keys.INDEX_SK, Keys.time(place.storedAt()))
                .with(EVENT, message.event());
    }

    /** What the item weighs, more or less. */
    static int bytes(Last message) {
        return OVERHEAD + message.event().getBytes(StandardCharsets.UTF_8).length;
    }

    static String encode(ChatEvent.Message message) {
        return new String(EventCodec.encode(Envelope.passing(message)), StandardCharsets.UTF_8);
    }

    static ChatEvent.Message decode(String event) {
        return (ChatEvent.Message)
                EventCodec.decode(event.getBytes(StandardCharsets.UTF_8)).event();
    }

    static ChatEvent.Message message(Map<String, AttributeValue> item) {
        return decode(Item.text(item, EVENT));
    }

    static MessagePosition place(Map<String, AttributeValue> item) {
        return Keys.place(Item.text(item, Keys.SK));
    }
}

package io.webchat.dynamo;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationId;
import io.webchat.core.Envelope;
import io.webchat.core.EventCodec;
import io.webchat.core.MessagePlace;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Messages as items: {@code C#<conversation>} / {@code M#<storedAt>#<author>#<MsgID>}, and by their
 * name in the index.
 */
final class Messages {
    static final String EVENT = "event";
    /** More or less what an item weighs beside its event: keys, names of attributes. */
    static final int OVERHEAD = 200;

    private Messages() {}

    static Item item(ConversationId conversation, ChatEvent.Message message, long storedAt) {
        MessagePlace place = new MessagePlace(storedAt, message.from(), message.id());
        return Item.of(Keys.conversation(conversation), Keys.message(place))
                .with(Keys.INDEX_PK, Keys.named(conversation, message.from(), message.id()))
                .with(Keys.INDEX_SK, Keys.time(storedAt))
                .with(EVENT, encode(message));
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

    static MessagePlace place(Map<String, AttributeValue> item) {
        return Keys.place(Item.text(item, Keys.SK));
    }
}

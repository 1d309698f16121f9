package io.webchat.dynamo.internal.calllog;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.spi.support.MessageReactions;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A message as the table has it, for example the latest one of a conversation.
 *
 * @param key its sort key, which grows with its position
 * @param event its JSON
 * @param editedAt the time of its newest edit, Unix milliseconds; 0 for none
 * @param reactions the text of its {@link MessageReactions}
 */
record LatestMessage(String key, String event, long editedAt, String reactions) {
    static LatestMessage of(ChatEvent.Message message, long storedAt) {
        return new LatestMessage(
                CallLogKeys.message(new MessagePosition(storedAt, message.from(), message.id())),
                MessageItems.encode(message),
                0,
                "");
    }

    static LatestMessage of(Map<String, AttributeValue> item) {
        String reactions = Item.textOrNull(item, MessageItems.REACTIONS);
        return new LatestMessage(
                Item.text(item, TableKeys.SK),
                Item.text(item, MessageItems.EVENT),
                Item.number(item, MessageItems.EDITED),
                reactions == null ? "" : reactions);
    }

    MessagePosition position() {
        return CallLogKeys.position(key);
    }

    /** Returns the message, with the marks of its author. */
    LoggedMessage logged(EntryState author) {
        MessagePosition position = position();
        return new LoggedMessage(
                MessageItems.decode(event),
                position.storedAt(),
                author.sent().of(position),
                editedAt,
                MessageReactions.ofText(reactions).reactions());
    }
}

package io.webchat.dynamo.internal.calllog;

import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventCodec;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Messages as items: {@code C#<conversation>} / {@code M#<storedAt>#<author>#<MsgID>}. The index finds them by author
 * and MsgID.
 */
final class MessageItems {
    static final String EVENT = "event";
    /** The attribute that only system messages have. */
    static final String SYSTEM = "sys";
    /** The mentioned users, of a message that mentions some. */
    static final String MENTIONED = "mentioned";
    /** The attributes that tell whether a message counts as unread. */
    static final String UNREAD_ATTRIBUTES = String.join(", ", TableKeys.SK, SYSTEM, MENTIONED);
    /** The time of the newest edit; absent if there is none. */
    static final String EDITED = "edited";
    /** The time of the deletion; absent if there is none. */
    static final String DELETED = "deleted";
    /** The text of the {@link io.webchat.core.spi.support.MessageReactions}; absent if there are none. */
    static final String REACTIONS = "reactions";
    /** DynamoDB takes 400 KB per item, and refuses a whole batch that contains a larger one. */
    static final int MAX_BYTES = 390_000;

    /** The longest text that fits even if JSON needs six bytes for each of its bytes. */
    static final int MAX_TEXT = 58_000;

    /** The largest data, which JSON takes as they are; more than 24 KB are left for all other fields. */
    static final int MAX_DATA = 16_384;

    /** An upper bound of the bytes that are not the event: keys and attribute names. */
    private static final int OVERHEAD = 1_000;

    private MessageItems() {}

    static Item item(ConversationId conversation, LatestMessage message, MessageContent content) {
        MessagePosition place = message.position();
        Item item = Item.of(CallLogKeys.conversation(conversation), message.key())
                .with(TableKeys.INDEX_PK, CallLogKeys.named(conversation, place.author(), place.id()))
                .with(TableKeys.INDEX_SK, TableKeys.time(place.storedAt()))
                .with(EVENT, message.event());
        if (content.isSystem()) {
            item.with(SYSTEM, 1);
        }
        if (!content.mentions().isEmpty()) {
            item.with(MENTIONED, mentioned(content.mentions()));
        }
        return item;
    }

    /** The text of {@link #MENTIONED}; empty if nobody is mentioned. */
    static String mentioned(List<UserId> users) {
        return users.stream().map(UserId::value).collect(Collectors.joining(" "));
    }

    /** Whether the message of this item mentions the user. */
    static boolean mentions(Map<String, AttributeValue> item, UserId user) {
        String mentioned = Item.textOrNull(item, MENTIONED);
        return mentioned != null && List.of(mentioned.split(" ")).contains(user.value());
    }

    /** The approximate size of the item in bytes. */
    static int bytes(LatestMessage message) {
        return OVERHEAD + message.event().getBytes(StandardCharsets.UTF_8).length;
    }

    static String encode(ChatEvent.Message message) {
        return new String(EventCodec.encode(Envelope.passing(message)), StandardCharsets.UTF_8);
    }

    static ChatEvent.Message decode(String event) {
        return (ChatEvent.Message)
                EventCodec.decode(event.getBytes(StandardCharsets.UTF_8)).event();
    }

    static MessagePosition place(Map<String, AttributeValue> item) {
        return CallLogKeys.position(Item.text(item, TableKeys.SK));
    }
}

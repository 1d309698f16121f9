package io.webchat.dynamo.internal.calllog;

import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The key of a user's entry for a conversation: {@code U#<user>} / {@code C#<conversation>}.
 *
 * @param user the user whose list has the entry
 * @param conversation the conversation
 */
record EntryKey(UserId user, ConversationId conversation) {
    Map<String, AttributeValue> key() {
        return Item.key(TableKeys.user(user), CallLogKeys.entry(conversation));
    }

    /** The index partition: all 1:1 conversations of a user, or all entries of a room. */
    String indexPk() {
        return conversation.isDirect() ? TableKeys.user(user) : CallLogKeys.watermarks(conversation);
    }

    /** The index sort key: the time of the last message, as digits, in a 1:1 conversation; the user in a room. */
    String indexSk(String lastAt) {
        return conversation.isDirect() ? CallLogKeys.listed(lastAt, conversation) : user.value();
    }
}

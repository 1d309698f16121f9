package io.webchat.dynamo.internal.calllog;

import io.webchat.core.ConversationId;
import io.webchat.core.ConversationPosition;
import io.webchat.core.UserId;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A user's entry for a conversation: {@code U#<user>} / {@code C#<conversation>}.
 *
 * @param user whose
 * @param conversation which
 */
record EntryKey(UserId user, ConversationId conversation) {
    Map<String, AttributeValue> key() {
        return Item.key(TableKeys.user(user), CallLogKeys.entry(conversation));
    }

    /** Where the index has it: a user's 1:1 conversations together, and the entries of one room. */
    String indexPk() {
        return conversation.isDirect() ? TableKeys.user(user) : CallLogKeys.watermarks(conversation);
    }

    /** Where among them: by the time of the last message, or by the user. */
    String indexSk(long lastAt) {
        return conversation.isDirect()
                ? CallLogKeys.listed(new ConversationPosition(lastAt, conversation))
                : user.value();
    }
}

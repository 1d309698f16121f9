package io.webchat.dynamo;

import io.webchat.core.ConversationId;
import io.webchat.core.ConversationPosition;
import io.webchat.core.UserId;
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
        return Item.key(Keys.user(user), Keys.entry(conversation));
    }

    /** Where the index has it: a user's 1:1 conversations together, and the entries of one room. */
    String indexPk() {
        return conversation.isDirect() ? Keys.user(user) : Keys.watermarks(conversation);
    }

    /** Where among them: by the time of the last message, or by the user. */
    String indexSk(long lastAt) {
        return conversation.isDirect() ? Keys.listed(new ConversationPosition(lastAt, conversation)) : user.value();
    }
}

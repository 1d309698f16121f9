package io.webchat.dynamo.internal.calllog;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Deletion;
import io.webchat.core.events.Reaction;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.spi.calllog.AmendmentLog;
import io.webchat.core.spi.calllog.AmendmentOutcome;
import io.webchat.core.spi.calllog.ContentDigest;
import io.webchat.core.spi.support.EditedFiles;
import io.webchat.core.spi.support.Failures;
import io.webchat.core.spi.support.MessageReactions;
import io.webchat.dynamo.internal.table.DynamoErrors;
import io.webchat.dynamo.internal.table.Futures;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import io.webchat.dynamo.internal.table.ThrottleRetry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Amends messages with one conditional UpdateItem each, and then records the amendment as an item of its own. The
 * message comes first, because it tells whether the amendment has an effect. A crash in between leaves an amended
 * message; a repetition leaves that as it is, and adds the record.
 */
record AmendmentWriter(TableClient table, GroupCommit items, Retention retention) {
    private static final int MAX_ATTEMPTS = 20;
    /** The longest id of a user, and 13 bytes of time and signs. */
    private static final int GIVER_BYTES = 128 + 13;

    private static final String EXISTS = "attribute_exists(pk) AND ";
    private static final String NOT_DELETED = EXISTS + "attribute_not_exists(deleted) AND ";

    CompletableFuture<AmendmentOutcome> amend(LoggedMessage target, Amendment amendment, long storedAt) {
        return change(target, amendment, storedAt)
                .thenCompose(outcome -> outcome == AmendmentOutcome.AMENDED
                        ? changeOthers(target, amendment, storedAt)
                                .thenCompose(done -> record(target, amendment, storedAt))
                                .thenApply(done -> outcome)
                        : CompletableFuture.completedFuture(outcome));
    }

    /** Changes the other records of the message. The index names them a moment after they were written. */
    private CompletableFuture<Void> changeOthers(LoggedMessage target, Amendment amendment, long storedAt) {
        ChatEvent.Message message = target.message();
        String name = CallLogKeys.named(message.conversation(), message.from(), message.id());
        String known = CallLogKeys.message(target.position());
        return table.query(QuotedMessages.named(table, name, AmendmentLog.MAX_RECORDS))
                .thenCompose(page -> Futures.all(page.items().stream()
                        .map(item -> Item.text(item, TableKeys.SK))
                        .filter(each -> !each.equals(known))
                        .map(each -> changeOther(message.conversation(), each, amendment, storedAt, 0))
                        .toList()));
    }

    private CompletableFuture<Void> changeOther(
            ConversationId conversation, String key, Amendment amendment, long storedAt, int attempts) {
        return table.get(CallLogKeys.conversation(conversation), key)
                .thenCompose(item -> item == null
                        ? CompletableFuture.completedFuture(AmendmentOutcome.MISSING)
                        : change(LatestMessage.of(item).logged(EntryState.NONE), amendment, storedAt))
                .thenCompose(outcome -> {
                    if (outcome != AmendmentOutcome.CHANGED) {
                        return CompletableFuture.completedFuture(null);
                    }
                    return attempts < MAX_ATTEMPTS
                            ? changeOther(conversation, key, amendment, storedAt, attempts + 1)
                            : CompletableFuture.failedFuture(DynamoErrors.unavailable(
                                    "this message is being edited at the same time, try again"));
                });
    }

    private CompletableFuture<Void> record(LoggedMessage target, Amendment amendment, long storedAt) {
        Map<String, AttributeValue> item = retention
                .mark(AmendmentItems.item(amendment, target, storedAt), storedAt)
                .map();
        return items.put(new GroupCommit.Write(item, false), AmendmentItems.BYTES)
                .toCompletableFuture();
    }

    private CompletableFuture<AmendmentOutcome> change(LoggedMessage target, Amendment amendment, long storedAt) {
        ChatEvent.Message message = target.message();
        if (amendment.isDeletion()) {
            return delete(target, message.deleted(Deletion.of(amendment, storedAt)), storedAt);
        }
        if (message.deletion() != null) {
            return CompletableFuture.completedFuture(AmendmentOutcome.DELETED);
        }
        if (amendment.change() instanceof Amendment.React react) {
            Map<String, AttributeValue> key = key(target);
            return table.get(Item.text(key, "pk"), Item.text(key, "sk"))
                    .thenCompose(item -> react(target, amendment, react, storedAt, item, 0));
        }
        return amendment.change() instanceof Amendment.Edit edit
                ? edit(
                        target,
                        // The digest of the first content still recognises a resend of the message.
                        message.withContent(edit.content()).withSentDigest(ContentDigest.of(message)),
                        storedAt,
                        target.editedAt(),
                        0)
                : CompletableFuture.failedFuture(new IllegalStateException("an amendment without a change"));
    }

    private static Map<String, AttributeValue> key(LoggedMessage target) {
        return Item.key(
                CallLogKeys.conversation(target.message().conversation()), CallLogKeys.message(target.position()));
    }

    private CompletableFuture<AmendmentOutcome> delete(LoggedMessage target, ChatEvent.Message rest, long storedAt) {
        String update = "SET event = :event, deleted = :at REMOVE edited, reactions, mentioned";
        Map<String, AttributeValue> values = new HashMap<>(values(rest, storedAt));
        String unchanged = hasEdit(target.editedAt(), values);
        String condition = EXISTS + "((attribute_not_exists(deleted) AND " + unchanged + ") OR deleted > :at)";
        return update(target, update, condition, values)
                .thenApply(refusal -> refusal == null ? AmendmentOutcome.AMENDED : afterDeletion(refusal));
    }

    private static AmendmentOutcome afterDeletion(ConditionalCheckFailedException refusal) {
        if (!refusal.hasItem()) {
            return AmendmentOutcome.MISSING;
        }
        return refusal.item().containsKey(MessageItems.DELETED) ? AmendmentOutcome.AMENDED : AmendmentOutcome.CHANGED;
    }

    /**
     * Edits a message.
     *
     * @param known the time of the edit that the message has now, as far as is known; 0 for none
     */
    private CompletableFuture<AmendmentOutcome> edit(
            LoggedMessage target, ChatEvent.Message edited, long storedAt, long known, int attempts) {
        Map<String, AttributeValue> values = new HashMap<>(values(edited, storedAt));
        int bytes = MessageItems.bytes(LatestMessage.of(edited, target.storedAt())) + bytesOf(target.reactions());
        if (bytes > MessageItems.MAX_BYTES) {
            return CompletableFuture.failedFuture(
                    tooLarge("Text and Data, with the reactions to the message, are too large for the call log"));
        }
        String condition = NOT_DELETED + hasEdit(known, values) + " AND (attribute_not_exists(edited) OR edited < :at)";
        String mentioned = MessageItems.mentioned(edited.content().mentions());
        if (!mentioned.isEmpty()) {
            values.put(":mentioned", Item.text(mentioned));
        }
        String mentions = mentioned.isEmpty() ? " REMOVE mentioned" : ", mentioned = :mentioned";
        return update(target, "SET event = :event, edited = :at" + mentions, condition, values)
                .thenCompose(refusal -> refusal == null
                        ? CompletableFuture.completedFuture(AmendmentOutcome.AMENDED)
                        : afterEdit(refusal, target, edited, storedAt, attempts));
    }

    /** The condition that this is the time of the newest edit; adds its value. */
    private static String hasEdit(long known, Map<String, AttributeValue> values) {
        if (known == 0) {
            return "attribute_not_exists(edited)";
        }
        values.put(":known", Item.number(known));
        return "edited = :known";
    }

    private CompletableFuture<AmendmentOutcome> afterEdit(
            ConditionalCheckFailedException refusal,
            LoggedMessage target,
            ChatEvent.Message edited,
            long storedAt,
            int attempts) {
        if (!refusal.hasItem() || refusal.item().containsKey(MessageItems.DELETED)) {
            return CompletableFuture.completedFuture(
                    refusal.hasItem() ? AmendmentOutcome.DELETED : AmendmentOutcome.MISSING);
        }
        LatestMessage there = LatestMessage.of(refusal.item());
        boolean sameFiles = EditedFiles.areSame(
                edited.content(), MessageItems.decode(there.event()).content());
        if (there.editedAt() != target.editedAt() && !sameFiles) {
            return CompletableFuture.completedFuture(AmendmentOutcome.CHANGED);
        }
        if (there.editedAt() >= storedAt) {
            return CompletableFuture.completedFuture(AmendmentOutcome.AMENDED);
        }
        return attempts < MAX_ATTEMPTS
                ? edit(target, edited, storedAt, there.editedAt(), attempts + 1)
                : CompletableFuture.failedFuture(
                        DynamoErrors.unavailable("this message is being edited at the same time, try again"));
    }

    private static Map<String, AttributeValue> values(ChatEvent.Message message, long storedAt) {
        return Map.of(":event", Item.text(MessageItems.encode(message)), ":at", Item.number(storedAt));
    }

    private CompletableFuture<AmendmentOutcome> react(
            LoggedMessage target,
            Amendment amendment,
            Amendment.React react,
            long storedAt,
            @Nullable Map<String, AttributeValue> item,
            int attempts) {
        if (item == null || item.containsKey(MessageItems.DELETED)) {
            return CompletableFuture.completedFuture(
                    item == null ? AmendmentOutcome.MISSING : AmendmentOutcome.DELETED);
        }
        String before = Item.textOrNull(item, MessageItems.REACTIONS);
        String after = MessageReactions.ofText(before == null ? "" : before)
                .with(amendment.from(), react.reaction(), react.remove(), storedAt)
                .toText();
        if (after.equals(before)) {
            return CompletableFuture.completedFuture(AmendmentOutcome.AMENDED);
        }
        if (after.getBytes(StandardCharsets.UTF_8).length + bytesOf(item) > MessageItems.MAX_BYTES) {
            return CompletableFuture.failedFuture(tooLarge("Reaction: the message has too many reactions"));
        }
        if (attempts >= MAX_ATTEMPTS) {
            return CompletableFuture.failedFuture(
                    DynamoErrors.unavailable("too many users react to this message at once, try again"));
        }
        return set(target, before, after).thenCompose(refusal -> {
            if (refusal == null) {
                return CompletableFuture.completedFuture(AmendmentOutcome.AMENDED);
            }
            Map<String, AttributeValue> there = refusal.hasItem() ? refusal.item() : null;
            return Futures.later(ThrottleRetry.BACKOFF.delay(attempts))
                    .thenCompose(waited -> react(target, amendment, react, storedAt, there, attempts + 1));
        });
    }

    /** The bytes that these reactions need at most, in the text of {@link MessageReactions}. */
    private static int bytesOf(List<Reaction> reactions) {
        return reactions.stream()
                .mapToInt(
                        each -> each.count() * (GIVER_BYTES + each.reaction().getBytes(StandardCharsets.UTF_8).length))
                .sum();
    }

    private static int bytesOf(Map<String, AttributeValue> item) {
        return Item.text(item, MessageItems.EVENT).getBytes(StandardCharsets.UTF_8).length;
    }

    private CompletableFuture<@Nullable ConditionalCheckFailedException> set(
            LoggedMessage target, @Nullable String before, String after) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":after", Item.text(after));
        if (before != null) {
            values.put(":before", Item.text(before));
        }
        String condition = NOT_DELETED + (before == null ? "attribute_not_exists(reactions)" : "reactions = :before");
        return update(target, "SET reactions = :after", condition, values);
    }

    /** Updates the item of the message; completes with the refusal if the condition does not hold. */
    private CompletableFuture<@Nullable ConditionalCheckFailedException> update(
            LoggedMessage target, String update, String condition, Map<String, AttributeValue> values) {
        return table.update(request -> request.key(key(target))
                        .updateExpression(update)
                        .conditionExpression(condition)
                        .expressionAttributeValues(values)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .<@Nullable ConditionalCheckFailedException>thenApply(done -> null)
                .exceptionallyCompose(failure -> Failures.unwrap(failure) instanceof ConditionalCheckFailedException no
                        ? CompletableFuture.completedFuture(no)
                        : CompletableFuture.failedFuture(failure));
    }

    private static ChatException tooLarge(String detail) {
        return new ChatException(ErrorCode.TOO_LARGE, detail);
    }
}

package io.webchat.dynamo.internal.calllog;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.events.Amendment;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.spi.calllog.AmendmentLog.AmendmentPage;
import io.webchat.core.spi.calllog.ContentDigest;
import io.webchat.core.spi.support.AmendmentView;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Reads the recorded amendments of conversations. */
record AmendmentReader(TableClient table, Retention retention) {
    private static final String END = CallLogKeys.AMENDMENTS + "~";

    /** Finds the time of an amendment among those that were recorded since then. */
    CompletableFuture<Optional<Long>> timeOf(Amendment amendment, long since) {
        AtomicReference<@Nullable Long> found = new AtomicReference<>();
        return table.queryPages(
                        behind(amendment.conversation(), CallLogKeys.AMENDMENTS + CallLogKeys.startOf(since))
                                .scanIndexForward(false)
                                .build(),
                        page -> {
                            page.items().stream()
                                    .filter(item -> isSame(item, amendment))
                                    .findFirst()
                                    .ifPresent(item -> found.set(
                                            AmendmentItems.position(item).storedAt()));
                            return found.get() == null;
                        })
                .thenApply(done -> Optional.ofNullable(found.get()));
    }

    private static boolean isSame(Map<String, AttributeValue> item, Amendment amendment) {
        MessagePosition position = AmendmentItems.position(item);
        return position.author().equals(amendment.from())
                && position.id().equals(amendment.id())
                && ContentDigest.of(AmendmentItems.amendment(item)).equals(ContentDigest.of(amendment));
    }

    private QueryRequest.Builder behind(ConversationId conversation, String from) {
        return table.query()
                .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :to")
                .expressionAttributeValues(Map.of(
                        ":pk", Item.text(CallLogKeys.conversation(conversation)),
                        ":from", Item.text(from),
                        ":to", Item.text(END)));
    }

    /** One page of the amendments that still matter. */
    CompletableFuture<AmendmentPage> page(ConversationId conversation, @Nullable MessagePosition after, int limit) {
        // A blank is smaller than every character of an id, so this is directly behind the position.
        String from = after == null ? CallLogKeys.AMENDMENTS : CallLogKeys.amendment(after) + " ";
        return table.query(behind(conversation, from).limit(limit).build()).thenCompose(page -> {
            List<Map<String, AttributeValue>> items = page.items();
            MessagePosition next = page.lastEvaluatedKey().isEmpty() || items.isEmpty()
                    ? null
                    : AmendmentItems.position(items.get(items.size() - 1));
            return messages(conversation, items)
                    .thenApply(messages -> new AmendmentPage(present(items, messages), next));
        });
    }

    private List<Amendment> present(List<Map<String, AttributeValue>> items, Map<String, LoggedMessage> messages) {
        List<Amendment> present = new ArrayList<>();
        for (Map<String, AttributeValue> item : items) {
            LoggedMessage message = messages.get(AmendmentItems.message(item));
            if (message != null && !retention.expired(item)) {
                long time = AmendmentItems.position(item).storedAt();
                AmendmentView.present(AmendmentItems.amendment(item), time, message)
                        .ifPresent(present::add);
            }
        }
        return present;
    }

    /** The messages of these amendments, by their keys. */
    private CompletableFuture<Map<String, LoggedMessage>> messages(
            ConversationId conversation, List<Map<String, AttributeValue>> items) {
        if (items.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        List<Map<String, AttributeValue>> keys = items.stream()
                .map(AmendmentItems::message)
                .distinct()
                .map(each -> Item.key(CallLogKeys.conversation(conversation), each))
                .toList();
        return table.getAll(keys, null).thenApply(found -> {
            Map<String, LoggedMessage> messages = new HashMap<>();
            found.stream()
                    .filter(item -> !retention.expired(item))
                    .forEach(item -> messages.put(
                            Item.text(item, TableKeys.SK),
                            LatestMessage.of(item).logged(EntryState.NONE)));
            return messages;
        });
    }
}

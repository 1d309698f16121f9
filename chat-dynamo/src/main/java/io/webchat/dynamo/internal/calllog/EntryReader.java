package io.webchat.dynamo.internal.calllog;

import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads entries, many at once. */
record EntryReader(TableClient table) {
    /** The entries of these users in one conversation. A missing entry is empty. */
    CompletableFuture<Map<UserId, EntryState>> of(ConversationId conversation, Collection<UserId> users) {
        return read(users.stream()
                        .distinct()
                        .map(user -> new EntryKey(user, conversation))
                        .toList())
                .thenApply(found -> users.stream()
                        .distinct()
                        .collect(Collectors.toMap(
                                user -> user,
                                user -> found.getOrDefault(new EntryKey(user, conversation), StoredEntry.NOTHING)
                                        .state())));
    }

    /** These entries. A missing entry is empty. */
    CompletableFuture<Map<EntryKey, StoredEntry>> read(Collection<EntryKey> keys) {
        if (keys.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        return table.getAll(keys.stream().map(EntryKey::key).collect(Collectors.toSet()), null)
                .thenApply(items -> byKey(keys, items));
    }

    private static Map<EntryKey, StoredEntry> byKey(
            Collection<EntryKey> keys, List<Map<String, AttributeValue>> items) {
        Map<Map<String, AttributeValue>, StoredEntry> found = new HashMap<>();
        items.forEach(item -> found.put(Item.key(item), StoredEntry.of(item)));
        Map<EntryKey, StoredEntry> all = new HashMap<>();
        keys.forEach(key -> all.put(key, found.getOrDefault(key.key(), StoredEntry.NOTHING)));
        return all;
    }
}

package io.webchat.dynamo.internal.calllog;

import io.webchat.core.spi.support.Failures;
import io.webchat.dynamo.internal.table.ConcurrencyLimiter;
import io.webchat.dynamo.internal.table.DynamoErrors;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Raises entries, usually with one conditional UpdateItem. If another node was faster, DynamoDB returns the current
 * entry with its refusal, and only later marks are written then.
 */
final class EntryWriter {
    private static final int MAX_ATTEMPTS = 20;
    private static final int MAX_IN_FLIGHT = 32;

    private final TableClient table;
    private final Retention retention;
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(MAX_IN_FLIGHT);

    EntryWriter(TableClient table, Retention retention) {
        this.table = table;
        this.retention = retention;
    }

    /** Completes when all marks of the entry are at least these. */
    CompletableFuture<Void> raise(EntryKey key, EntryState change) {
        return limiter.run(() -> change.hides() ? raiseRead(key, change) : attempt(key, change, null, 0));
    }

    /** The current entry decides whether the conversation stays in the list. */
    private CompletableFuture<Void> raiseRead(EntryKey key, EntryState change) {
        return read(key).thenCompose(there -> attempt(key, change.above(there.state()), there, 0));
    }

    private CompletableFuture<StoredEntry> read(EntryKey key) {
        return table.get(TableKeys.user(key.user()), CallLogKeys.entry(key.conversation()))
                .thenApply(item -> item == null ? StoredEntry.NOTHING : StoredEntry.of(item));
    }

    private CompletableFuture<Void> attempt(
            EntryKey key, EntryState change, @Nullable StoredEntry there, int attempts) {
        if (change.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        if (attempts >= MAX_ATTEMPTS) {
            return CompletableFuture.failedFuture(
                    DynamoErrors.unavailable("too many nodes change this conversation at once, try again"));
        }
        EntryUpdate update = EntryUpdate.of(key, change, there, retention);
        return table.update(request -> update.fill(key, request))
                .<Void>thenApply(done -> null)
                .exceptionallyCompose(failure -> {
                    if (Failures.unwrap(failure) instanceof ConditionalCheckFailedException refusal) {
                        StoredEntry found = refusal.hasItem() ? StoredEntry.of(refusal.item()) : StoredEntry.NOTHING;
                        return attempt(key, change.above(found.state()), found, attempts + 1);
                    }
                    return CompletableFuture.failedFuture(failure);
                });
    }
}

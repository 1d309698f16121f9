package io.webchat.examples.server.backends;

import io.webchat.core.Chat;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.QueueRemoval;
import io.webchat.examples.server.accounts.AccountPart;
import io.webchat.examples.server.accounts.AccountStore;
import io.webchat.examples.server.accounts.MemoryAccountStore;
import io.webchat.redis.RedisConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores of one node, and its connection to other nodes: Redis, DynamoDB, both, or its own memory. */
public final class Backends implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Backends.class);

    private static final UserId PUSH_KEY = UserId.of("push-key");

    private final @Nullable RedisBackend redis;
    private final @Nullable DynamoBackend dynamo;
    private final AttachmentBackend files;
    private final Health health;
    private final Opened opened = new Opened();

    /** Those that are given; they are closed with this. */
    public Backends(@Nullable RedisBackend redis, @Nullable DynamoBackend dynamo, AttachmentBackend files) {
        this(redis, dynamo, files, List.of());
    }

    /** Those that are given, and further dependencies that must answer in a node that is ready. */
    public Backends(
            @Nullable RedisBackend redis,
            @Nullable DynamoBackend dynamo,
            AttachmentBackend files,
            List<Health.Dependency> dependencies) {
        this.redis = redis;
        this.dynamo = dynamo;
        // No dependency: people can chat while files cannot be sent.
        this.files = opened.add(files);
        List<Health.Dependency> asked = new ArrayList<>(dependencies);
        if (redis != null) {
            opened.add(redis);
            asked.add(Health.Dependency.of("Redis", redis::check));
        }
        // Closed first: its last writes may change values that are cached in Redis.
        if (dynamo != null) {
            opened.add(dynamo);
            asked.add(Health.Dependency.of("DynamoDB", dynamo::check));
        }
        health = new Health(asked);
    }

    /**
     * Opens those that are named.
     *
     * @param redis the configuration of Redis; null for none
     * @param dynamo the address of DynamoDB; empty for none
     * @param table the table in DynamoDB
     * @param files the store of files, which is closed also if this throws
     * @throws java.io.UncheckedIOException when one cannot be used, with one sentence that says why
     */
    public static Backends open(@Nullable RedisConfig redis, String dynamo, String table, AttachmentBackend files) {
        Opened opened = new Opened();
        opened.add(files);
        try {
            RedisBackend joining = redis == null ? null : opened.add(RedisBackend.connect(redis));
            return new Backends(joining, dynamo.isEmpty() ? null : openDynamo(dynamo, table, joining == null), files);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static DynamoBackend openDynamo(String dynamo, String table, boolean alone) {
        DynamoAddress address = DynamoAddress.of(dynamo);
        return alone ? DynamoBackend.openAlone(address, table) : DynamoBackend.open(address, table);
    }

    /** Makes the chat use these stores, with this bound of its queues, which are returned. */
    public QueueRemoval addTo(Chat.Builder chat, QueueLimits limits) {
        QueueRemoval queues = addQueueTo(chat, limits);
        files.addTo(chat);
        if (dynamo != null) {
            dynamo.addTo(chat, redis == null ? UnaryOperator.identity() : redis::cached);
        } else if (redis != null) {
            redis.addStoresTo(chat);
            // Other nodes have logs of their own: this one cannot tell which events a queue has lost.
            chat.localCallLog(MemoryCallLogStore.create());
            log.warn("The message history is in this node's memory: other nodes do not have it, and a restart forgets"
                    + " it; give --dynamo to share and keep it.");
        }
        return queues;
    }

    private QueueRemoval addQueueTo(Chat.Builder chat, QueueLimits limits) {
        if (redis != null) {
            return redis.addTo(chat, limits);
        }
        // A durable log restores these queues after a restart.
        MemoryOfflineQueue queue = MemoryOfflineQueue.create(limits, Clock.systemUTC());
        chat.offlineQueue(queue);
        return queue;
    }

    /** A part of the accounts, which all nodes with the same users share. */
    public AccountStore accounts(AccountPart part) {
        if (dynamo != null) {
            return dynamo.accounts(part);
        }
        return redis != null ? redis.accounts(part) : MemoryAccountStore.of(part);
    }

    /**
     * The key of pushes, which all nodes with the same users share. Waits for the store.
     *
     * @param fresh the key where there is none yet
     * @throws java.io.UncheckedIOException when the store cannot be used, with one sentence that says why
     */
    public String pushKey(String fresh) {
        AccountStore texts = accounts(AccountPart.SERVER);
        return Startup.await(
                "the store of accounts",
                texts.add(PUSH_KEY, fresh)
                        .thenCompose(added -> texts.find(PUSH_KEY))
                        .thenApply(found -> found.orElse(fresh)));
    }

    /** Whether all of them answer; never fails. */
    public CompletionStage<Boolean> ready() {
        return health.ready();
    }

    /** Completes when this node must end, because another one has taken its place. */
    public CompletionStage<Void> lost() {
        return dynamo == null ? new CompletableFuture<>() : dynamo.lost();
    }

    /** Logs each store, and names the ones that the nodes do not share: lines for who starts a node. */
    public List<String> greeting() {
        List<String> lines = new ArrayList<>(stores());
        lines.add(files.greeting());
        return lines;
    }

    private List<String> stores() {
        if (redis == null && dynamo == null) {
            return List.of("Everything is in memory and gone after a restart; --data <folder> keeps it.");
        }
        if (dynamo == null) {
            return List.of(
                    "Messages wait in Redis; rooms, profiles, blocks and accounts are kept there.",
                    "Every node with this --redis and --auth-secret serves the same users.");
        }
        return redis == null
                ? List.of(
                        "Everything is kept in DynamoDB, for this node alone: give --redis to run several.",
                        "Messages wait in this node's memory; after a restart they come from DynamoDB again.")
                : List.of(
                        "Messages wait in Redis; history, rooms, profiles and accounts are kept in DynamoDB.",
                        "Every node with this --redis, --dynamo, --table and --auth-secret serves the same users.");
    }

    /** Writes the pending entries, then closes the stores. */
    @Override
    public void close() {
        opened.close();
    }
}

package io.webchat.examples.server.options;

import io.webchat.dynamo.DynamoConfig;
import io.webchat.examples.server.backends.AttachmentBackend;
import io.webchat.examples.server.backends.Backends;
import io.webchat.examples.server.backends.DynamoAddress;
import io.webchat.examples.server.local.DataFolder;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.RedisConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The options of storage: the backends of messages, rooms, profiles and accounts, and the Redis that joins nodes. */
public final class StorageOptions {
    private static final Logger log = LoggerFactory.getLogger(StorageOptions.class);
    private static final int MOST_REPLICAS = 10;
    private static final String STANDARD_TABLE = "webchat";

    @Option(
            names = "--redis",
            paramLabel = "<url>",
            defaultValue = "${env:CHAT_REDIS:-}",
            showDefaultValue = Visibility.NEVER,
            description = "Share users with every other node on this Redis 7.0 or later: redis://, rediss://,"
                    + " redis-sentinel:// or redis-cluster://; wants --auth-secret. CHAT_REDIS")
    private String redis = "";

    @Option(
            names = "--redis-replicas",
            paramLabel = "<number>",
            defaultValue = "${env:CHAT_REDIS_REPLICAS:-}",
            showDefaultValue = Visibility.NEVER,
            converter = OptionalNumber.class,
            description = "Replicas that must have a message before it is acknowledged. Behind Sentinel or on a Cluster"
                    + " give 1: a failover loses messages that no replica has. Without it replicas=… in the URL counts,"
                    + " or else 0. CHAT_REDIS_REPLICAS")
    private @Nullable Integer redisReplicas;

    @Option(
            names = "--dynamo",
            paramLabel = "<endpoint|aws>",
            defaultValue = "${env:CHAT_DYNAMO:-}",
            showDefaultValue = Visibility.NEVER,
            description = "Keep history, rooms, profiles and accounts in DynamoDB; without --redis for this"
                    + " node alone, whose queues come from the history after a restart. aws, or an https:// endpoint:"
                    + " region and credentials come from where AWS's tools look, and the table must be there. An"
                    + " http:// endpoint is a DynamoDB Local, where the table is made if it is missing. CHAT_DYNAMO")
    private String dynamo = "";

    @Option(
            names = "--table",
            paramLabel = "<name>",
            defaultValue = "${env:CHAT_TABLE:-" + STANDARD_TABLE + "}",
            description = "The table in DynamoDB. CHAT_TABLE (${DEFAULT-VALUE})")
    private String table = "";

    @Option(
            names = "--data",
            paramLabel = "<folder>",
            defaultValue = "${env:CHAT_DATA:-}",
            showDefaultValue = Visibility.NEVER,
            description =
                    "Keep everything in this folder of this machine, across restarts, in a DynamoDB Local that comes"
                            + " and goes with the server. CHAT_DATA")
    private String data = "";

    @Option(
            names = "--min-free-disk",
            paramLabel = "<MB>",
            defaultValue = "${env:CHAT_MIN_FREE_DISK:-200}",
            description = "Megabytes of free space on the disk of --data below which the node is not ready; 0 to not"
                    + " look. CHAT_MIN_FREE_DISK (${DEFAULT-VALUE})")
    private int minFreeDisk;

    @Option(
            names = "--demo-cluster",
            description = "Start a redis-server, a DynamoDB Local and two nodes over them, on --port and the port after"
                    + " it; nothing outlives them")
    private boolean demoCluster;

    /** Whether this node shares its users with others. */
    boolean isShared() {
        return !redis.isEmpty();
    }

    /** Whether to start two nodes over backends of their own. */
    public boolean demoCluster() {
        return demoCluster;
    }

    /** The folder that keeps everything; empty if there is none. */
    public String data() {
        return data;
    }

    /** The free space in megabytes that the disk of the folder needs; 0 for any. */
    public int minFreeDisk() {
        return minFreeDisk;
    }

    /** The table in DynamoDB. */
    public String table() {
        return table;
    }

    /**
     * Opens the backends that the options name.
     *
     * @param files the options of files
     * @throws java.io.UncheckedIOException when one cannot be used, with one sentence that says why
     */
    public Backends open(AttachmentOptions files) {
        warnings().forEach(log::warn);
        RedisConfig config = redisConfig();
        boolean everythingInMemory = config == null && dynamo.isEmpty();
        return Backends.open(
                config, dynamo, table, AttachmentBackend.open(files.place(), files.limits(), everythingInMemory));
    }

    /** The sentences about settings that work, and that an operator will regret. */
    List<String> warnings() {
        RedisConfig config = redisConfig();
        return config != null && config.losesMessagesAtFailover()
                ? List.of(
                        "--redis-replicas is 0: a failover of Sentinel loses the acknowledged messages that no replica"
                                + " has yet. Give --redis-replicas 1")
                : List.of();
    }

    /** The settings of Redis; null without one. */
    private @Nullable RedisConfig redisConfig() {
        if (redis.isEmpty()) {
            return null;
        }
        RedisConfigBuilder builder = RedisConfig.builder(redis);
        return redisReplicas == null
                ? builder.build()
                : builder.replicas(redisReplicas).build();
    }

    void check(Faults faults) {
        if (demoCluster && !(redis.isEmpty() && dynamo.isEmpty() && data.isEmpty())) {
            faults.add("--demo-cluster brings a Redis and a DynamoDB of its own: leave --redis, --dynamo and --data"
                    + " away");
        } else if (!data.isEmpty() && !(redis.isEmpty() && dynamo.isEmpty())) {
            faults.add("--data keeps everything on this machine: leave --redis and --dynamo away");
        }
        faults.range("--redis-replicas", redisReplicas == null ? 0 : redisReplicas, 0, MOST_REPLICAS);
        faults.range("--min-free-disk", minFreeDisk, 0, Integer.MAX_VALUE);
        if (!redis.isEmpty()) {
            faults.from("--redis", () -> RedisConfig.of(redis));
        }
        if (!dynamo.isEmpty()) {
            faults.from("--dynamo", () -> DynamoAddress.of(dynamo));
        }
        faults.from("--table", () -> DynamoConfig.of(table));
        if (!table.equals(STANDARD_TABLE) && dynamo.isEmpty() && data.isEmpty() && !demoCluster) {
            faults.add("--table names a table in DynamoDB: give --dynamo too");
        }
        if (!data.isEmpty()) {
            faults.from("--data", () -> DataFolder.check(Path.of(data)));
        }
    }
}

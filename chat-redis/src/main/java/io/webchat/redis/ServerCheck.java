package io.webchat.redis;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.support.LogThrottle;
import io.webchat.redis.RedisUrl.Kind;
import io.webchat.redis.internal.check.AbilityProbe;
import io.webchat.redis.internal.client.ConnectionDiagnosis;
import io.webchat.redis.internal.client.ConnectionFactory;
import io.webchat.redis.internal.client.LuaScript;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.client.ReplyText;
import io.webchat.redis.internal.client.ServerConnection;
import io.webchat.redis.internal.client.cluster.ClusterTopology;
import io.webchat.redis.internal.pubsub.PubSubMode;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Checks over new connections whether this module can use the servers. Safe for use by many threads. */
final class ServerCheck {
    private static final Logger log = LoggerFactory.getLogger(ServerCheck.class);
    private static final int OLDEST_VERSION = 7;

    private final RedisConfig config;
    private final ConnectionFactory factory;
    private final AbilityProbe probe;
    private final LogThrottle logThrottle = new LogThrottle();

    /** The logged advice, so that each is logged once. Its number is bounded by the servers. */
    private final Set<String> advised = ConcurrentHashMap.newKeySet();

    ServerCheck(RedisConfig config, ConnectionFactory factory, PubSubMode pubSub) {
        this.config = config;
        this.factory = factory;
        this.probe = new AbilityProbe(
                new RedisKeys(config.keyPrefix()),
                pubSub,
                config.replicas(),
                config.commandTimeout().dividedBy(2));
    }

    /**
     * Returns if the servers are usable. Blocks.
     *
     * @throws ChatException {@code unavailable}, with one sentence for the operator of the node
     */
    void run() {
        ServerConnection connection = connect();
        try {
            LuaScript.loadAll(connection, ClientAssembly.SCRIPTS);
            judge(connection.server(), info(connection));
            if (config.kind() == Kind.CLUSTER) {
                probeMasters(ClusterTopology.slotsOfMasters(connection));
            } else {
                throwIfPresent(probe(connection, any -> true));
            }
        } catch (JedisException e) {
            throw unusable(connection.server(), ConnectionDiagnosis.reason(e), e);
        } finally {
            connection.drop();
        }
    }

    private ServerConnection connect() {
        try {
            return factory.connect();
        } catch (JedisException e) {
            throw new ChatException(ErrorCode.UNAVAILABLE, ConnectionDiagnosis.describe(e), e);
        }
    }

    /** A master that is down or takes no writes is no failure, because the users of the others can be served. */
    private void probeMasters(Map<HostAndPort, BitSet> masters) {
        ChatException failure = new ChatException(ErrorCode.UNAVAILABLE, "no master of the Redis cluster owns a slot");
        boolean usable = false;
        for (Map.Entry<HostAndPort, BitSet> each : masters.entrySet()) {
            ChatException found = probeMaster(each.getKey(), each.getValue()::get);
            if (found == null) {
                usable = true;
            } else {
                failure = found;
                if (logThrottle.permits()) {
                    log.warn("{}; the users of this master are not served", found.detail());
                }
            }
        }
        if (!usable) {
            throw failure;
        }
    }

    private @Nullable ChatException probeMaster(HostAndPort server, IntPredicate serves) {
        try (ServerConnection connection = ClientAssembly.settings(config).connect(server)) {
            LuaScript.loadAll(connection, ClientAssembly.SCRIPTS);
            return probe(connection, serves);
        } catch (JedisException e) {
            return new ChatException(ErrorCode.UNAVAILABLE, ConnectionDiagnosis.describe(e), e);
        }
    }

    /**
     * Returns why the server cannot serve now; null if it can.
     *
     * @throws ChatException if a right is missing
     */
    private @Nullable ChatException probe(ServerConnection connection, IntPredicate serves) {
        AbilityProbe.Refusal refusal = probe.run(connection, serves);
        if (refusal == null) {
            return null;
        }
        ChatException failure = unusable(connection.server(), refusal.sentence(), null);
        if (refusal.lacksRight()) {
            throw failure;
        }
        return failure;
    }

    private static void throwIfPresent(@Nullable ChatException failure) {
        if (failure != null) {
            throw failure;
        }
    }

    private static Map<String, String> info(ServerConnection connection) {
        connection.write(new CommandArguments(Command.INFO));
        connection.flush();
        Object reply = connection.read();
        if (reply instanceof JedisDataException refusal) {
            throw refusal;
        }
        return ReplyText.of(reply)
                .lines()
                .filter(line -> line.contains(":"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1),
                        (one, other) -> one));
    }

    void judge(HostAndPort server, Map<String, String> info) {
        String version = info.getOrDefault("redis_version", "unknown");
        if (!version.matches("[0-9]{1,4}\\..*") || Integer.parseInt(version.split("\\.", 2)[0]) < OLDEST_VERSION) {
            throw unavailable("Redis " + version + " at " + server + " is too old: 7.0 or later is needed");
        }
        boolean cluster = "1".equals(info.get("cluster_enabled"));
        if (cluster && config.kind() != Kind.CLUSTER) {
            throw unavailable("Redis at " + server + " is part of a cluster: use redis-cluster://");
        }
        if (!cluster && config.kind() == Kind.CLUSTER) {
            throw unavailable("Redis at " + server + " is no cluster: use redis:// or redis-sentinel://");
        }
        if (config.kind() != Kind.CLUSTER && "slave".equals(info.get("role"))) {
            throw unavailable("Redis at " + server + " is a replica: name its master, or use redis-sentinel://");
        }
        advise(server, info);
    }

    private void advise(HostAndPort server, Map<String, String> info) {
        String policy = info.getOrDefault("maxmemory_policy", "noeviction");
        if (!policy.equals("noeviction")) {
            warnOnce("Redis at " + server + " may delete queues when memory is short: maxmemory-policy is " + policy);
        }
        if (config.losesMessagesAtFailover()) {
            warnOnce("Redis at " + server + " is behind Sentinel, and replicas is 0: a failover loses acknowledged"
                    + " messages that no replica has yet; set replicas to 1");
        }
        if ("0".equals(info.get("aof_enabled")) && advised.add(server + " aof")) {
            log.info("Redis at {} loses queues when it restarts: appendonly is off", server);
        }
    }

    private void warnOnce(String sentence) {
        if (advised.add(sentence)) {
            log.warn("{}", sentence);
        }
    }

    private static ChatException unusable(HostAndPort server, String why, @Nullable JedisException cause) {
        return new ChatException(ErrorCode.UNAVAILABLE, "Redis at " + server + " is not usable: " + why, cause);
    }

    private static ChatException unavailable(String sentence) {
        return new ChatException(ErrorCode.UNAVAILABLE, sentence);
    }
}

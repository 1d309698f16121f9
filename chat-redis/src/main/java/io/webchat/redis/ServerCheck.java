package io.webchat.redis;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.redis.RedisUrl.Kind;
import io.webchat.redis.internal.client.ConnectionDiagnosis;
import io.webchat.redis.internal.client.ConnectionFactory;
import io.webchat.redis.internal.client.LuaScript;
import io.webchat.redis.internal.client.ReplyText;
import io.webchat.redis.internal.client.ServerConnection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Checks over a new connection whether this module can use the server. Blocks. */
record ServerCheck(Kind kind, ConnectionFactory factory) {
    private static final Logger log = LoggerFactory.getLogger(ServerCheck.class);
    private static final int OLDEST_VERSION = 7;

    /**
     * Returns if the server is usable.
     *
     * @throws ChatException {@code unavailable}, with one sentence for the operator of the node
     */
    void run() {
        ServerConnection connection = connect();
        try {
            LuaScript.loadAll(connection, ClientAssembly.SCRIPTS);
            judge(connection.server(), info(connection));
        } catch (JedisException e) {
            String reason = ConnectionDiagnosis.reason(e);
            throw unusable("Redis at " + connection.server() + " is not usable: " + reason, e);
        } finally {
            connection.drop();
        }
    }

    private ServerConnection connect() {
        try {
            return factory.connect();
        } catch (JedisException e) {
            throw unusable(ConnectionDiagnosis.describe(e), e);
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
            throw unusable("Redis " + version + " at " + server + " is too old: 7.0 or later is needed", null);
        }
        boolean cluster = "1".equals(info.get("cluster_enabled"));
        if (cluster && kind != Kind.CLUSTER) {
            throw unusable("Redis at " + server + " is part of a cluster: use redis-cluster://", null);
        }
        if (!cluster && kind == Kind.CLUSTER) {
            throw unusable("Redis at " + server + " is no cluster: use redis:// or redis-sentinel://", null);
        }
        if (kind != Kind.CLUSTER && "slave".equals(info.get("role"))) {
            throw unusable("Redis at " + server + " is a replica: name its master, or use redis-sentinel://", null);
        }
        advise(server, info);
    }

    private static void advise(HostAndPort server, Map<String, String> info) {
        String policy = info.getOrDefault("maxmemory_policy", "noeviction");
        if (!policy.equals("noeviction")) {
            log.warn("Redis at {} may delete queues when memory is short: maxmemory-policy is {}", server, policy);
        }
        if ("0".equals(info.get("aof_enabled"))) {
            log.info("Redis at {} loses queues when it restarts: appendonly is off", server);
        }
    }

    private static ChatException unusable(String sentence, @Nullable JedisException why) {
        return why == null
                ? new ChatException(ErrorCode.UNAVAILABLE, sentence)
                : new ChatException(ErrorCode.UNAVAILABLE, sentence, why);
    }
}

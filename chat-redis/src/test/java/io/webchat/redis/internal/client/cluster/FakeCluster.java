package io.webchat.redis.internal.client.cluster;

import io.webchat.core.ChatException;
import io.webchat.redis.internal.client.RedisCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;

/** A cluster without connections for one slot's queue. Servers keep their calls until the test lets them answer. */
final class FakeCluster implements SlotQueue.Cluster, RedisCommand.Listener {
    static final byte[] KEY = "k".getBytes(StandardCharsets.UTF_8);

    /** One server, with its unanswered calls in order. */
    static final class Server implements SlotQueue.Server {
        final HostAndPort address;
        final Deque<RedisCommand> got = new ArrayDeque<>();
        boolean gone;

        Server(int port) {
            address = new HostAndPort("server", port);
        }

        @Override
        public boolean submit(RedisCommand call) {
            return !gone && got.add(call);
        }
    }

    final SlotQueue queue = new SlotQueue(1, this, this);
    final Map<HostAndPort, Server> servers = new HashMap<>();
    final List<RedisCommand> completed = new ArrayList<>();
    final List<RedisCommand> failed = new ArrayList<>();
    final Set<SlotQueue> holding = new HashSet<>();

    @Nullable
    Server owner;

    long now;
    boolean closed;

    Server server(int port) {
        Server server = new Server(port);
        servers.put(server.address, server);
        return server;
    }

    /** Submits calls to the queue. */
    List<RedisCommand> submit(int count) {
        List<RedisCommand> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(submit(Duration.ofMinutes(1)));
        }
        return calls;
    }

    RedisCommand submit(Duration timeout) {
        RedisCommand call = RedisCommand.of(KEY, Command.GET, KEY);
        call.expiresIn(timeout);
        queue.submit(call);
        return call;
    }

    /** The server carries out its oldest call. */
    void carryOut(Server server) {
        queue.answered(server.got.remove(), "done");
    }

    /** The server refuses its oldest call. */
    void refuse(Server server, Redirect.Kind kind, @Nullable Server target) {
        queue.redirected(server.got.remove(), new Redirect(kind, target == null ? null : target.address));
    }

    /** Lets more time pass than the longest pause. */
    void pass() {
        now += Duration.ofSeconds(1).toNanos();
        queue.checkHeld();
    }

    @Override
    public SlotQueue.@Nullable Server owner(int slot) {
        return owner;
    }

    @Override
    public SlotQueue.@Nullable Server askTarget(HostAndPort address) {
        return servers.get(address);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void learnFrom(int slot, Redirect why) {
        HostAndPort target = why.target();
        if (why.kind() == Redirect.Kind.MOVED && target != null) {
            owner = servers.get(target);
        }
    }

    @Override
    public void startHolding(SlotQueue queue) {
        holding.add(queue);
    }

    @Override
    public void stopHolding(SlotQueue queue) {
        holding.remove(queue);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void answered(RedisCommand call, @Nullable Object reply) {
        completed.add(call);
    }

    @Override
    public void failed(RedisCommand call, ChatException failure) {
        failed.add(call);
    }
}

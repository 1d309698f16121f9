package io.webchat.redis.internal.rooms;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.RedisCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Holds all commands back, and runs them one by one in a random order. Some run twice, some are lost, some lose their
 * reply, and some arrive after the client has given them up. For one thread.
 */
final class ShuffledCommands implements CommandClient {
    private enum Fate {
        ANSWERED,
        /** The connection was lost before the reply, so the client sends it again. */
        TWICE,
        /** As {@link #TWICE}, but the first one arrives much later. */
        AGAIN_LATER,
        LOST,
        REPLY_LOST,
        /** It arrives after the client has given it up. */
        LATE
    }

    private record Waiting(RedisCommand command, CompletableFuture<Object> reply) {}

    private static final int FAULTS_IN_TEN = 3;

    private final ImmediateCommands server;
    private final Random random;
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<RedisCommand> late = new ArrayList<>();

    ShuffledCommands(ImmediateCommands server, Random random) {
        this.server = server;
        this.random = random;
    }

    @Override
    public CompletableFuture<Object> send(RedisCommand command) {
        CompletableFuture<Object> reply = new CompletableFuture<>();
        waiting.add(new Waiting(command, reply));
        return reply;
    }

    /** Runs or loses one of the commands; returns whether there was one. */
    boolean step() {
        boolean fault = random.nextInt(10) < FAULTS_IN_TEN;
        return step(fault ? Fate.values()[random.nextInt(Fate.values().length)] : Fate.ANSWERED);
    }

    /** Runs one of the commands and answers it; returns whether there was one. */
    boolean stepWithoutFault() {
        return step(Fate.ANSWERED);
    }

    private boolean step(Fate fate) {
        if (waiting.isEmpty() && late.isEmpty()) {
            return false;
        }
        int chosen = random.nextInt(waiting.size() + late.size());
        if (chosen >= waiting.size()) {
            server.run(late.remove(chosen - waiting.size()));
        } else {
            run(waiting.remove(chosen), fate);
        }
        return true;
    }

    private void run(Waiting chosen, Fate fate) {
        switch (fate) {
            case ANSWERED -> chosen.reply.complete(server.run(chosen.command));
            case TWICE -> {
                server.run(chosen.command);
                chosen.reply.complete(server.run(chosen.command));
            }
            case AGAIN_LATER -> {
                late.add(chosen.command);
                chosen.reply.complete(server.run(chosen.command));
            }
            case LOST -> fail(chosen);
            case REPLY_LOST -> {
                server.run(chosen.command);
                fail(chosen);
            }
            case LATE -> {
                late.add(chosen.command);
                fail(chosen);
            }
        }
    }

    private static void fail(Waiting chosen) {
        chosen.reply.completeExceptionally(new ChatException(ErrorCode.UNAVAILABLE, "on purpose"));
    }

    @Override
    public void close() {
        waiting.forEach(ShuffledCommands::fail);
    }
}

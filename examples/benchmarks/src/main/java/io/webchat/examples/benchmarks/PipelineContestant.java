package io.webchat.examples.benchmarks;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.RawCommands;
import io.webchat.redis.internal.queue.RawAppends;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;

/** The least that jedis can do: pipelines of 100 commands, that is 50 messages, one after the other. */
final class PipelineContestant implements Contestant {
    private static final int MESSAGES = 50;

    private final RedisClient client;
    private final RawCommands commands;

    PipelineContestant(String url, QueueLimits limits) {
        client = RedisClient.create(URI.create(url));
        commands = new RawCommands(client, limits);
    }

    @Override
    public void send(Workload workload, int messages) {
        try (Pipeline pipeline = client.pipelined()) {
            for (int sent = 0; sent < messages; sent += MESSAGES) {
                List<RawAppends.Append> appends = new ArrayList<>();
                for (int i = sent; i < Math.min(messages, sent + MESSAGES); i++) {
                    ChatEvent.Message next = workload.next();
                    RawAppends.Append append = commands.append(next);
                    pipeline.executeCommand(append.command());
                    pipeline.executeCommand(commands.publish(next));
                    appends.add(append);
                }
                List<Object> replies = pipeline.syncAndReturnAll();
                for (int i = 0; i < appends.size(); i++) {
                    appends.get(i).onReplies(replies.get(2 * i), replies.get(2 * i + 1));
                }
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

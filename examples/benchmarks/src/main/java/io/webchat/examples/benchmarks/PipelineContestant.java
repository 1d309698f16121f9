package io.webchat.examples.benchmarks;

import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.RawCommands;
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
                List<RawCommands.Pair> pairs = new ArrayList<>();
                for (int i = sent; i < Math.min(messages, sent + MESSAGES); i++) {
                    RawCommands.Pair next = commands.pair(workload.next());
                    pipeline.executeCommand(next.append());
                    pipeline.executeCommand(next.publish());
                    pairs.add(next);
                }
                List<Object> replies = pipeline.syncAndReturnAll();
                for (int i = 0; i < pairs.size(); i++) {
                    pairs.get(i).onReplies(replies.get(2 * i), replies.get(2 * i + 1));
                }
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

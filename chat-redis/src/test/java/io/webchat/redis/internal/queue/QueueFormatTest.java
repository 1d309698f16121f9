package io.webchat.redis.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.MessageId;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.exceptions.JedisDataException;

/** No step writes into a queue of a newer format. */
@ExtendWith(RedisServers.class)
final class QueueFormatTest {
    private final ScriptedQueue queue;

    QueueFormatTest(RedisEndpoint shared) {
        queue = new ScriptedQueue(shared);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    private List<@Nullable Object> contents() {
        List<@Nullable Object> all = new ArrayList<>();
        all.add(queue.keys());
        all.add(queue.ask("LRANGE", "q", "0", "-1"));
        Stream.of("m", "d0", "d1").forEach(each -> all.add(queue.ask("HGETALL", each)));
        return all;
    }

    @Test
    void every_step_refuses_a_queue_of_a_newer_format_and_leaves_it_as_it_is() {
        ChatEvent.Message message = ScriptedQueue.message("hello");
        queue.append(message);
        queue.attach("phone", 0);
        queue.restore();
        String counter = queue.state("f");
        queue.ask("HSET", "m", "f", "3:any", "3:any", "1");
        queue.ask("HDEL", "m", counter);
        List<@Nullable Object> before = contents();
        Amendment edit = Amendment.by(ScriptedQueue.ALICE).of(message).edit(MessageContent.text("new"));
        Amendment reaction = Amendment.by(ScriptedQueue.ALICE).of(message).react("+1");
        Amendment deletion = Amendment.by(ScriptedQueue.ALICE).of(message).delete();
        Amendment other = Amendment.by(ScriptedQueue.ALICE)
                .of(ScriptedQueue.message("unknown"))
                .delete();

        Map<String, Runnable> steps = new LinkedHashMap<>();
        steps.put("append", () -> queue.fill(1));
        steps.put("append a resend", () -> queue.append(message));
        steps.put("append receipts", () -> queue.append(receipt()));
        steps.put("edit", () -> queue.append(edit));
        steps.put("react", () -> queue.append(reaction));
        steps.put("delete", () -> queue.append(deletion));
        steps.put("delete an unknown message", () -> queue.append(other));
        steps.put("attach", () -> queue.attach("phone", 0));
        steps.put("read", () -> queue.read(0, 1));
        steps.put("confirm", () -> queue.confirm("phone", 1, 1));
        steps.put("restore", () -> queue.restore(1, message));
        steps.put("erase", () -> queue.erase(ScriptedQueue.ALICE));
        steps.put("clear", queue::clear);
        steps.forEach((name, step) -> {
            assertThatThrownBy(step::run)
                    .as(name)
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageStartingWith("NEWER this queue has the format 3 of another version");
            queue.otherNode();
            assertThat(contents()).as("the queue after " + name).isEqualTo(before);
        });
    }

    private static ChatEvent receipt() {
        return ChatEvent.delivery(ScriptedQueue.ALICE, ScriptedQueue.BOB, MessageId.random());
    }
}

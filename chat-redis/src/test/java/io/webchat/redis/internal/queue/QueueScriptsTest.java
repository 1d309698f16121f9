package io.webchat.redis.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.AmendmentBuilder;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.redis.internal.check.AbilityProbe;
import io.webchat.redis.internal.client.LuaScript;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.profiles.ProfileScripts;
import io.webchat.redis.internal.rooms.RoomScripts;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** All scripts declare their keys, use one slot, are cheap, and work with little memory. */
@ExtendWith(RedisServers.class)
final class QueueScriptsTest {
    private static final Pattern CALL = Pattern.compile("\\bcall\\('(\\w+)'(?:, ([^,)]+))?");

    @Test
    void scripts_use_only_declared_keys() {
        List<MatchResult> calls = Stream.concat(QueueScripts.ALL.stream(), ProfileScripts.ALL.stream())
                .map(each -> new String(each.source(), StandardCharsets.UTF_8))
                .flatMap(each -> CALL.matcher(each).results())
                .toList();

        assertThat(calls).hasSizeGreaterThan(50);
        // The channel is in the same slot as the keys and needs no declaration.
        assertThat(calls)
                .allSatisfy(each -> assertThat(each.group())
                        .matches("call\\('TIME'|call\\('PUBLISH', string.sub\\(KEYS\\[1\\].*"
                                + "|call\\('\\w+', KEYS\\[[1-5].*"));
    }

    @Test
    void the_probe_tries_each_command_of_the_scripts() {
        Set<String> probed = names(List.of(AbilityProbe.SCRIPT), Pattern.compile("^  \\{'(\\w+)'|= \\{'(PUBLISH)'"));
        Set<String> used = names(
                Stream.of(QueueScripts.ALL, ProfileScripts.ALL, RoomScripts.ALL)
                        .flatMap(List::stream)
                        .toList(),
                Pattern.compile("\\bp?call\\('(\\w+)'"));
        assertThat(probed).isEqualTo(used);
    }

    private static Set<String> names(List<LuaScript> scripts, Pattern name) {
        return scripts.stream()
                .flatMap(each -> new String(each.source(), StandardCharsets.UTF_8).lines())
                .flatMap(line -> name.matcher(line).results())
                .map(found -> found.group(1) != null ? found.group(1) : found.group(2))
                .collect(Collectors.toSet());
    }

    @Test
    void all_keys_and_the_channel_of_a_user_are_in_one_slot() {
        RedisKeys keys = new RedisKeys("chat");
        UserId user = UserId.of("a|b:c@d.example");
        List<byte[]> all = Stream.concat(
                        Stream.of(":q", ":m", ":d0", ":d1", ":i").map(each -> keys.key(user, each)),
                        Stream.of(keys.channel(user)))
                .toList();

        assertThat(all.stream().map(JedisClusterCRC16::getSlot).distinct()).hasSize(1);
        assertThat(all)
                .extracting(each -> new String(each, StandardCharsets.UTF_8))
                .doesNotHaveDuplicates();
    }

    @Test
    void usual_calls_need_few_commands(RedisServer own) {
        try (ScriptedQueue queue = new ScriptedQueue(own.endpoint())) {
            queue.attach("phone", 0);
            queue.restore();
            long last = queue.fill(3).get(2).seq();

            assertThat(CommandCalls.of(own, () -> queue.fill(1)))
                    .containsExactlyInAnyOrder("hincrby", "hexists", "hsetnx", "rpush");
            assertThat(CommandCalls.of(own, () -> queue.append(receipt())))
                    .containsExactlyInAnyOrder("hincrby", "hexists", "hsetnx", "rpush");
            assertThat(CommandCalls.of(own, () -> queue.append(List.of(receipt(), receipt()))))
                    .containsExactlyInAnyOrder("hincrby", "hexists", "hsetnx", "hexists", "hsetnx", "rpush");
            queue.otherNode();
            assertThat(CommandCalls.of(own, () -> queue.fill(1)))
                    .containsExactlyInAnyOrder("hmget", "hincrby", "lindex", "hexists", "hsetnx", "rpush");
            assertThat(CommandCalls.of(own, () -> queue.read(last - 3, 10)))
                    .containsExactlyInAnyOrder("hgetall", "llen", "time", "lindex", "lrange");
            assertThat(CommandCalls.of(own, () -> queue.attach("phone", 0)))
                    .containsExactlyInAnyOrder("hgetall", "llen", "time", "lindex", "hget", "hset");
            assertThat(CommandCalls.of(own, () -> queue.confirm("phone", last - 1)))
                    .containsOnlyOnce("hset", "ltrim")
                    .hasSize(8);
        }
    }

    @Test
    void edits_need_few_commands_more(RedisServer own) {
        try (ScriptedQueue queue = new ScriptedQueue(own.endpoint())) {
            queue.attach("phone", 0);
            queue.restore();
            queue.fill(3);
            ChatEvent.Message message = ScriptedQueue.message("text");
            queue.append(message);
            AmendmentBuilder change = Amendment.by(ScriptedQueue.ALICE).of(message);

            assertThat(CommandCalls.of(own, () -> queue.append(change.edit(MessageContent.text("other")))))
                    .containsExactlyInAnyOrder("hget", "hincrby", "hexists", "hsetnx", "rpush", "hget", "hset");
            assertThat(CommandCalls.of(own, () -> queue.append(change.react("+1"))))
                    .containsExactlyInAnyOrder("hincrby", "hexists", "hsetnx", "rpush");
        }
    }

    private static ChatEvent receipt() {
        return ChatEvent.delivery(ScriptedQueue.ALICE, ScriptedQueue.BOB, MessageId.random());
    }

    @Test
    void G1_a_server_without_memory_refuses_messages_and_takes_all_that_frees_memory(RedisServer own) {
        try (ScriptedQueue queue = new ScriptedQueue(own.endpoint());
                ScriptedQueue other = new ScriptedQueue(own.endpoint())) {
            queue.attach("phone", 0);
            long last = queue.fill(2).get(1).seq() + 1;
            ChatEvent.Message message = ScriptedQueue.message("secret");
            queue.append(message);
            AmendmentBuilder change = Amendment.by(ScriptedQueue.ALICE).of(message);
            Object before = queue.ask("HGETALL", "m");
            own.command("CONFIG", "SET", "maxmemory", "1");

            assertThatThrownBy(() -> queue.fill(1))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageStartingWith("OOM ");
            assertThatThrownBy(() -> other.fill(1)).hasMessageStartingWith("OOM ");
            assertThatThrownBy(() -> queue.append(change.react("+1"))).hasMessageStartingWith("OOM ");
            assertThat(queue.ask("HGETALL", "m")).isEqualTo(before);
            assertThat(queue.attach("laptop", 0).get(5)).isEqualTo(2L);
            assertThat(queue.stored()).hasSize(3);
            assertThat(queue.restore()).isTrue();
            assertThat(queue.append(receipt()).seq()).isEqualTo(last + 1);
            assertThat(other.append(receipt()).duplicate()).isFalse();
            assertThat(queue.append(change.delete()).seq()).isEqualTo(last + 2);
            assertThat(queue.stored().toString()).doesNotContain("secret");
            assertThat(queue.confirm("phone", last + 2)).isTrue();
            assertThat(queue.confirm("laptop", last + 2)).isTrue();
            assertThat(queue.keys()).doesNotContain("q");
        }
    }

    @Test
    void a_read_removes_old_events_on_a_server_without_memory(RedisServer own) {
        try (ScriptedQueue queue = new ScriptedQueue(own.endpoint())) {
            queue.fill(3);
            own.command("CONFIG", "SET", "maxmemory", "1");
            queue.advance(Duration.ofDays(31));

            assertThat(queue.stored()).isEmpty();
            assertThat(queue.keys()).doesNotContain("q");
        }
    }

    @Test
    void reading_works_while_writes_are_refused(RedisServer own) {
        try (ScriptedQueue queue = new ScriptedQueue(own.endpoint())) {
            queue.fill(3);
            own.command("CONFIG", "SET", "min-replicas-to-write", "1");
            assertThat(queue.stored()).hasSize(3);
            queue.advance(Duration.ofDays(2));
            assertThat(queue.stored()).as("upkeep is due").hasSize(3);
            queue.restart();
            assertThatThrownBy(queue::stored).as("an epoch must begin").hasMessageStartingWith("NOREPLICAS");
            own.command("CONFIG", "SET", "min-replicas-to-write", "0");
            assertThat(queue.stored()).hasSize(3);
        }
    }

    @Test
    void upkeep_renews_the_expiry_and_forgets_devices_unseen_for_long(RedisServer own) {
        try (ScriptedQueue queue = new ScriptedQueue(own.endpoint())) {
            queue.attach("phone", 0);
            queue.advance(Duration.ofDays(20));
            queue.attach("laptop", 0);
            queue.fill(1);
            own.command("PEXPIRE", queue.key("m"), "5000");
            own.command("PEXPIRE", queue.key("q"), "5000");
            queue.advance(Duration.ofDays(11));

            assertThat(queue.read(0, 1).get(4)).isEqualTo(1L);
            assertThat(queue.ttl("m")).isGreaterThan(ScriptedQueue.TTL - 60_000);
            assertThat(queue.ttl("q")).isGreaterThan(ScriptedQueue.TTL - 60_000);
            assertThat(queue.state("c:phone") + queue.state("g:phone")).isEqualTo("nullnull");
        }
    }
}

package io.webchat.redis.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.UserId;
import io.webchat.redis.internal.check.AbilityProbe;
import io.webchat.redis.internal.client.LuaScript;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.profiles.ProfileScripts;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
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
    /** Commands that each connection of a test sends. */
    private static final List<String> SENT = List.of("hello", "eval");

    private static final Pattern OWN = Pattern.compile("cmdstat_(\\w+):calls=(\\d+),");

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
                        .matches("call\\('TIME'|call\\('PEXPIRE', key|call\\('PUBLISH', ARGV\\[5\\]"
                                + "|call\\('\\w+', KEYS\\[[1-5].*"));
    }

    @Test
    void the_probe_tries_each_command_of_the_scripts() {
        Set<String> probed = names(List.of(AbilityProbe.SCRIPT), Pattern.compile("^  \\{'(\\w+)'|= \\{'(PUBLISH)'"));
        Set<String> used = names(
                Stream.concat(QueueScripts.ALL.stream(), ProfileScripts.ALL.stream()).toList(),
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
                        Stream.of(":q", ":m", ":c", ":d0", ":d1").map(each -> keys.key(user, each)),
                        Stream.of(keys.channel(user)))
                .toList();

        assertThat(all.stream().map(JedisClusterCRC16::getSlot).distinct()).hasSize(1);
        assertThat(all)
                .extracting(each -> new String(each, StandardCharsets.UTF_8))
                .doesNotHaveDuplicates();
    }

    @Test
    void usual_calls_need_few_commands(RedisServer own) {
        ScriptedQueue queue = new ScriptedQueue(own.endpoint());
        queue.attach("phone", 0);
        queue.fill(3);
        long next = queue.meta("next");

        assertThat(calls(own, () -> queue.fill(1)))
                .containsExactlyInAnyOrder("time", "hmget", "hget", "hsetnx", "rpush", "hset");
        assertThat(calls(own, () -> queue.read(next - 3, 10)))
                .containsExactlyInAnyOrder("time", "hmget", "llen", "lrange", "hlen");
        assertThat(calls(own, () -> queue.confirm("phone", next - 2)))
                .containsExactlyInAnyOrder("time", "hmget", "hgetall", "llen", "ltrim", "hset");
        assertThat(calls(own, () -> queue.attach("phone", 0)))
                .containsExactlyInAnyOrder("time", "hmget", "hgetall", "hset");
    }

    /** The commands that a script called, with repetitions. */
    private static List<String> calls(RedisServer server, Runnable script) {
        server.command("CONFIG", "RESETSTAT");
        script.run();
        return server.info("commandstats").entrySet().stream()
                .map(each -> OWN.matcher(each.getKey() + ":" + each.getValue()))
                .filter(each -> each.lookingAt() && !SENT.contains(each.group(1)))
                .flatMap(each -> Collections.nCopies(Integer.parseInt(each.group(2)), each.group(1)).stream())
                .toList();
    }

    @Test
    void a_server_without_memory_refuses_appends_and_allows_confirms(RedisServer own) {
        ScriptedQueue queue = new ScriptedQueue(own.endpoint());
        queue.attach("phone", 0);
        queue.fill(3);
        long next = queue.meta("next");
        Object before = queue.ask("HGETALL", "m");
        own.command("CONFIG", "SET", "maxmemory", "1");

        assertThatThrownBy(() -> queue.fill(1))
                .isInstanceOf(JedisDataException.class)
                .hasMessageStartingWith("OOM ");
        assertThatThrownBy(() -> new ScriptedQueue(own.endpoint()).fill(1)).hasMessageStartingWith("OOM ");
        assertThat(queue.ask("HGETALL", "m")).isEqualTo(before);
        assertThat(queue.attach("laptop", 0).get(2)).isEqualTo(2L);
        assertThat((List<?>) queue.read(0, 10).get(3)).hasSize(3);
        queue.confirm("phone", next - 1);
        queue.confirm("laptop", next - 1);
        assertThat(queue.keys()).doesNotContain("q");
    }

    @Test
    void a_read_removes_old_events_on_a_server_without_memory(RedisServer own) {
        ScriptedQueue queue = new ScriptedQueue(own.endpoint());
        queue.fill(3);
        queue.advance(Duration.ofDays(29));
        queue.read(0, 1);
        own.command("CONFIG", "SET", "maxmemory", "1");
        queue.advance(Duration.ofDays(2));

        assertThat((List<?>) queue.read(0, 10).get(3)).isEmpty();
        assertThat(queue.keys()).doesNotContain("q");
    }
}

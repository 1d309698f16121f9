package io.webchat.redis.internal.queue;

import io.webchat.redis.testing.RedisServer;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Counts the commands that a server executes. */
final class CommandCalls {
    /** Commands that each connection of a test sends. */
    private static final List<String> SENT = List.of("hello", "evalsha");

    private static final Pattern OWN = Pattern.compile("cmdstat_(\\w+):calls=(\\d+),");

    private CommandCalls() {}

    /** The commands that a script called, with repetitions. */
    static List<String> of(RedisServer server, Runnable script) {
        server.command("CONFIG", "RESETSTAT");
        script.run();
        return server.info("commandstats").entrySet().stream()
                .map(each -> OWN.matcher(each.getKey() + ":" + each.getValue()))
                .filter(each -> each.lookingAt() && !SENT.contains(each.group(1)))
                .flatMap(each -> Collections.nCopies(Integer.parseInt(each.group(2)), each.group(1)).stream())
                .toList();
    }
}

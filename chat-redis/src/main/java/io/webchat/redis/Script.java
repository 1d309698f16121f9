package io.webchat.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One step of a queue or a cache: a Lua script in a file of its own, whose header names its keys and arguments, and
 * which may include the text that they share. Every connection loads all scripts when it is made, so that none is
 * known to a server while another is not.
 */
final class Script {
    private static final Pattern INCLUDE = Pattern.compile("^ *-- include queue\\.lua$", Pattern.MULTILINE);

    static final Script APPEND = new Script("append.lua");
    static final Script ATTACH = new Script("attach.lua");
    static final Script READ = new Script("read.lua");
    static final Script CONFIRM = new Script("confirm.lua");

    static final Script CACHE = new Script("cache.lua");

    static final List<Script> ALL = List.of(APPEND, ATTACH, READ, CONFIRM, CACHE);

    private final String file;
    private final byte[] source;
    private final byte[] sha;

    private Script(String file) {
        this.file = file;
        this.source = withShared(load(file)).getBytes(StandardCharsets.UTF_8);
        this.sha = sha1(source);
    }

    /**
     * Makes all scripts known to the server, sending only those that it does not know yet.
     *
     * @throws JedisConnectionException if it refuses one
     */
    static void loadAll(Wire wire) {
        List<Script> missing = missing(wire);
        for (Script each : missing) {
            wire.write(new CommandArguments(Command.SCRIPT).add("LOAD").add(each.source));
        }
        wire.flush();
        for (Script each : missing) {
            if (wire.read() instanceof JedisDataException refusal) {
                throw new JedisConnectionException("Redis does not take the script " + each, refusal);
            }
        }
    }

    private static List<Script> missing(Wire wire) {
        CommandArguments question = new CommandArguments(Command.SCRIPT).add("EXISTS");
        ALL.forEach(each -> question.add(each.sha));
        wire.write(question);
        wire.flush();
        if (wire.read() instanceof List<?> known) {
            return IntStream.range(0, ALL.size())
                    .filter(i -> !Long.valueOf(1).equals(known.get(i)))
                    .mapToObj(ALL::get)
                    .toList();
        }
        // Whatever stands against the question stands against the answer too, and tells more there.
        return ALL;
    }

    /** The step with what steps share in the place where it asks for that. */
    private static String withShared(String step) {
        return INCLUDE.matcher(step).replaceAll(Matcher.quoteReplacement(load("queue.lua")));
    }

    /** The Lua text. */
    byte[] source() {
        return source;
    }

    /** What EVALSHA calls it by: the SHA-1 of its text in hexadecimal digits. */
    byte[] sha() {
        return sha;
    }

    private static String load(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing in chat-redis");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static byte[] sha1(byte[] text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
            return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    @Override
    public String toString() {
        return file;
    }
}

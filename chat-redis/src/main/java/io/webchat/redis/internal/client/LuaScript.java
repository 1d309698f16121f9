package io.webchat.redis.internal.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A Lua script in a resource file. The header of the file documents its keys and arguments. A line {@code -- include
 * name.lua} stands for the text of another file in the same package.
 *
 * <p>Every connection loads all scripts when it is made, so a server never knows one script and lacks another.
 */
public final class LuaScript {
    private static final Pattern INCLUDE = Pattern.compile("^ *-- include ([\\w-]+\\.lua)$", Pattern.MULTILINE);

    /** The end of an error reply of a script: the line of the call that failed. */
    private static final Pattern LINE = Pattern.compile("user_script:(\\d{1,6})\\.?$");

    private static final Pattern CALL = Pattern.compile("call\\('(\\w+)'");

    private final String file;
    private final byte[] source;
    private final byte[] sha;

    private LuaScript(String file, String text) {
        this.file = file;
        this.source = text.getBytes(StandardCharsets.UTF_8);
        this.sha = sha1(source);
    }

    /** Reads a script from a resource in the package of {@code owner}. */
    public static LuaScript load(Class<?> owner, String file) {
        return new LuaScript(file, expand(owner, file));
    }

    private static String expand(Class<?> owner, String file) {
        return INCLUDE.matcher(read(owner, file))
                .replaceAll(include -> Matcher.quoteReplacement(expand(owner, include.group(1))));
    }

    /**
     * Loads the scripts that the server does not know yet.
     *
     * @throws JedisConnectionException if the server refuses one
     */
    public static void loadAll(ServerConnection connection, List<LuaScript> scripts) {
        List<LuaScript> missing = missing(connection, scripts);
        for (LuaScript each : missing) {
            connection.write(new CommandArguments(Command.SCRIPT).add("LOAD").add(each.source));
        }
        connection.flush();
        for (LuaScript each : missing) {
            if (connection.read() instanceof JedisDataException refusal) {
                throw new JedisConnectionException("Redis does not take the script " + each, refusal);
            }
        }
    }

    private static List<LuaScript> missing(ServerConnection connection, List<LuaScript> scripts) {
        CommandArguments question = new CommandArguments(Command.SCRIPT).add("EXISTS");
        scripts.forEach(each -> question.add(each.sha));
        connection.write(question);
        connection.flush();
        Object reply = connection.read();
        if (reply instanceof JedisDataException refusal) {
            throw new JedisConnectionException("Redis does not tell which scripts it knows", refusal);
        }
        if (reply instanceof List<?> known) {
            return IntStream.range(0, scripts.size())
                    .filter(i -> !Long.valueOf(1).equals(known.get(i)))
                    .mapToObj(scripts::get)
                    .toList();
        }
        return scripts;
    }

    /** The command that an error reply of this script is about; empty if the reply does not tell. */
    Optional<String> refusedCall(JedisDataException refusal) {
        Matcher line = LINE.matcher(String.valueOf(refusal.getMessage()));
        return line.find() ? callIn(Integer.parseInt(line.group(1))) : Optional.empty();
    }

    private Optional<String> callIn(int line) {
        return new String(source, StandardCharsets.UTF_8)
                .lines()
                .skip(Math.max(line - 1, 0))
                .limit(1)
                .flatMap(text -> CALL.matcher(text).results())
                .map(call -> call.group(1))
                .findFirst();
    }

    /** The Lua text. */
    public byte[] source() {
        return source;
    }

    /** The name for EVALSHA: the SHA-1 of the text in hexadecimal digits. */
    public byte[] sha() {
        return sha;
    }

    private static String read(Class<?> owner, String file) {
        try (InputStream in = owner.getResourceAsStream(file)) {
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

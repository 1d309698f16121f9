package io.webchat.examples.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server as a child process. It says {@code ready PORT} on its output, answers the question {@code memory}, and ends
 * when its input does, so that it never outlives the driver. For one thread.
 */
final class ServerProcess implements AutoCloseable {
    private static final int GRACE_SECONDS = 15;

    /** As in the start commands of the documentation. An option of the caller replaces it. */
    private static final String PAUSES = "-XX:MaxGCPauseMillis=20";

    private final Process process;
    private final OutputStream input;
    private final BufferedReader output;
    private final int port;

    private ServerProcess(ProcessBuilder builder) throws IOException {
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        input = process.getOutputStream();
        output = process.inputReader(StandardCharsets.UTF_8);
        try {
            port = Integer.parseInt(words("ready").get(0));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Starts a class of this program in a JVM of its own. */
    static ServerProcess java(Class<?> main, List<String> options, String... arguments) throws IOException {
        return java(System.getProperty("java.class.path"), main, options, arguments);
    }

    /** Starts the class of this name of an {@linkplain EarlierBuild earlier build}. */
    static ServerProcess earlier(Class<?> main, List<String> options, String... arguments) throws IOException {
        return java(EarlierBuild.classPath(), main, options, arguments);
    }

    private static ServerProcess java(String classPath, Class<?> main, List<String> options, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms1g", "-Xmx1g", PAUSES));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return new ServerProcess(new ProcessBuilder(command));
    }

    /** Starts a command in a folder. */
    static ServerProcess command(Path folder, String... command) throws IOException {
        return new ServerProcess(new ProcessBuilder(command).directory(folder.toFile()));
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** The server's memory after a garbage collection, on its heap and outside of it. */
    long memory() throws IOException {
        input.write("memory\n".getBytes(StandardCharsets.US_ASCII));
        input.flush();
        return words("memory").stream().mapToLong(Long::parseLong).sum();
    }

    /** The rest of the next line that begins like this; others are passed over. */
    private List<String> words(String first) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            List<String> words = Arrays.asList(line.split(" ", -1));
            if (words.get(0).equals(first)) {
                return words.subList(1, words.size());
            }
        }
        throw new IOException("the server ended before it said " + first);
    }

    /** Ends it at once, as a crash would. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        try {
            input.close();
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

package io.webchat.examples.server;

import java.util.ArrayList;
import java.util.List;

/** Nodes inside the test's JVM, each on a port of its own. */
public final class LocalNodes extends Nodes {
    private final List<CommandRun> runs = new ArrayList<>();

    /** Starts this many nodes with the same options; returns when they listen. */
    public LocalNodes(int count, String... options) {
        List<String> all =
                new ArrayList<>(List.of("--port=0", "--host=127.0.0.1", "--auth-secret=" + SECRET, "--rate-limit=0"));
        all.addAll(List.of(options));
        try {
            for (int i = 0; i < count; i++) {
                CommandRun run = CommandRun.of(all.toArray(String[]::new));
                runs.add(run);
                if (!run.isRunning()) {
                    throw new AssertionError("the node did not start: " + run.output());
                }
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public int count() {
        return runs.size();
    }

    @Override
    public int port(int node) {
        return runs.get(node).port();
    }

    @Override
    public String output(int node) {
        return runs.get(node).output();
    }

    @Override
    public void close() {
        runs.forEach(CommandRun::close);
    }
}

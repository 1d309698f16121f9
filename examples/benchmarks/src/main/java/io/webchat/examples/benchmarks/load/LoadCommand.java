package io.webchat.examples.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The commands that begin with {@code load}. */
public final class LoadCommand {
    private static final String USAGE = """
            -Drun="load engines"      webchat in memory and on Redis, the relay and Node.js in turn
            -Drun="load nodes"        one node of webchat on Redis and two in turn
            -Drun="load connections"  10 000 connections and 100 in turn; memory of idle ones
            -Drun="load storm"        5 000 clients of a node that died, all back at once
            -Drun="load depth"        receivers who fetch what has gathered
            -Drun="load soak 60"      two nodes for so many minutes at half load, while others come and go
            -Drun="load earlier …"    this build against the one in that checkout, which test-compile has built
            -Drun="load capacity"     the capacity model, and the simulation that checks it
            -Drun="load all"          all of these but the soak and the earlier build
            Behind the name: options for the servers' JVMs
            """;
    private static final int MANY = 10_000;
    private static final Set<EngineContest.Load> ALL_LOADS = Set.of(EngineContest.Load.values());

    private final PrintStream out;
    private final List<String> options;

    private LoadCommand(List<String> options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Runs the benchmark that the first word names. */
    public static void run(List<String> words, PrintStream out) throws Exception {
        String name = words.isEmpty() ? "" : words.get(0);
        List<String> options = words.size() < 2 ? List.of() : words.subList(1, words.size());
        LoadCommand command = new LoadCommand(options, out);
        out.printf(Locale.ROOT, "Load of the machine before: %s%n%n", machineLoad());
        switch (name) {
            case "engines" -> command.engines();
            case "nodes" -> command.nodes();
            case "connections" -> command.connections();
            case "storm" -> Storm.run(5_000, 3, options, out);
            case "depth" -> command.depth();
            case "soak" -> command.soak();
            case "earlier" -> command.earlier();
            case "capacity" -> Capacity.run(out);
            case "all" -> command.all();
            default -> out.print(USAGE);
        }
        out.printf(Locale.ROOT, "Load of the machine after: %s%n", machineLoad());
    }

    private void soak() throws Exception {
        int minutes = options.isEmpty() ? 60 : Integer.parseInt(options.get(0));
        Soak.run(minutes, options.stream().skip(1).toList(), out);
    }

    private void earlier() throws Exception {
        if (options.isEmpty()) {
            throw new IllegalArgumentException("name the folder of the earlier build");
        }
        System.setProperty(EarlierBuild.FOLDER, options.get(0));
        BuildContest.run(BuildContest.plan(), options.stream().skip(1).toList(), out);
    }

    private static String machineLoad() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).strip();
    }

    private static List<Contender> withNode(Contender... others) throws InterruptedException {
        List<Contender> who = new ArrayList<>(List.of(others));
        if (NodeJs.isThere()) {
            who.add(Contender.NODE);
        } else {
            System.err.println("There is no Node.js on the PATH: its contestant is left out.");
        }
        return who;
    }

    private void engines() throws Exception {
        List<Contender> who = withNode(Contender.RELAY, Contender.MEMORY, Contender.REDIS);
        EngineContest.run(new EngineContest.Plan(who, 100, 4, 8_000, 5, 3_000, 2_000, ALL_LOADS), options, out);
    }

    private void nodes() throws Exception {
        List<Contender> who = List.of(Contender.REDIS, Contender.TWO_NODES);
        EngineContest.run(new EngineContest.Plan(who, 100, 4, 8_000, 3, 3_000, 2_000, ALL_LOADS), options, out);
    }

    private void connections() throws Exception {
        List<Contender> who = withNode(Contender.RELAY, Contender.MEMORY, Contender.REDIS);
        ConnectionsContest.run(new ConnectionsContest.Plan(who, 100, MANY, 1_000, 3, 4_000), options, out);
    }

    private void depth() throws Exception {
        Backlog.run(List.of(Contender.MEMORY, Contender.REDIS), List.of(100, 1_000, 9_000), options, out);
    }

    private void all() throws Exception {
        engines();
        nodes();
        connections();
        Storm.run(5_000, 3, options, out);
        depth();
        Capacity.run(out);
    }
}

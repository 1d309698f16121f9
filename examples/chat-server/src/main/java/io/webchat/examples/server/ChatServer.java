package io.webchat.examples.server;

import io.webchat.examples.server.options.ServerOptions;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that starts the bundled server and stops it in order on SIGTERM. */
@Command(
        name = "chat-server",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "A chat server: Socket.IO, REST, sign-in and web page on one port. Each option can be given by the"
                    + " environment variable that it names; the command line wins."
        })
public final class ChatServer implements Callable<Integer> {
    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Function<Running, CountDownLatch> owner;

    private ChatServer(Function<Running, CountDownLatch> owner) {
        this.owner = owner;
    }

    /** Starts the server; {@code --help} lists the options. Returns only when the process is told to end. */
    public static void main(String[] args) {
        JvmFlags.warn();
        System.exit(command(ChatServer::untilTheProcessEnds).execute(args));
    }

    /**
     * The command line of the server.
     *
     * @param owner takes the started server before its greeting is printed; the command returns when the latch that it
     *     gives back is released
     */
    static CommandLine command(Function<Running, CountDownLatch> owner) {
        return new CommandLine(new ChatServer(owner)).setParameterExceptionHandler(ChatServer::refuse);
    }

    /** The shutdown hook closes the server and ends the process, so the latch stays closed. */
    private static CountDownLatch untilTheProcessEnds(Running running) {
        Runtime.getRuntime().addShutdownHook(new Thread(new Shutdown(running), "webchat-shutdown"));
        return new CountDownLatch(1);
    }

    private static int refuse(ParameterException refusal, String[] args) {
        PrintWriter err = refusal.getCommandLine().getErr();
        err.println(refusal.getMessage());
        err.println("--help tells the options.");
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public Integer call() throws InterruptedException {
        Running running;
        try {
            running = start();
        } catch (UncheckedIOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        CountDownLatch end = owner.apply(running);
        greet(running);
        CompletableFuture<Void> lost = running.lost().toCompletableFuture();
        var unused = lost.thenRun(end::countDown);
        end.await();
        return lost.isDone() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private Running start() {
        try {
            options.check();
            if (options.storage().demoCluster()) {
                return DemoCluster.start(options);
            }
            return options.storage().data().isEmpty() ? RunningServer.start(options) : KeptServer.start(options);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void greet(Running running) {
        PrintWriter out = spec.commandLine().getOut();
        running.greeting().forEach(out::println);
        if (options.access().legacyJoin()) {
            out.println("Legacy join is on: clients of the original may join as anyone.");
        }
        out.flush();
    }
}

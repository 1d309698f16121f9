package io.webchat.examples.server;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ChatServer() {}

    /** Starts the server; {@code --help} tells the options. Returns only when the process is told to end. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ChatServer())
                .setParameterExceptionHandler(ChatServer::refuse)
                .execute(args));
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
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.close(GRACE), "webchat-shutdown"));
        greet(running);
        // The hook ends the process; nothing else does.
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    private Running start() {
        try {
            options.check();
            if (options.storage.demoCluster) {
                return DemoCluster.start(options);
            }
            return options.storage.data.isEmpty() ? RunningServer.start(options) : KeptServer.start(options);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void greet(Running running) {
        PrintWriter out = spec.commandLine().getOut();
        running.greeting().forEach(out::println);
        if (options.access.legacyJoin) {
            out.println("Legacy join is on: clients of the original may join as anyone.");
        }
        out.flush();
    }
}

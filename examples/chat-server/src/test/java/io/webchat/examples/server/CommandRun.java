package io.webchat.examples.server;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The server's command, run inside the test's JVM: the server that it starts, its exit code and its output. */
final class CommandRun implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("listens on http://\\S+:(\\d+)/");

    private final StringWriter output = new StringWriter();
    private final LogToWriter log = new LogToWriter(output);
    private final int exitCode;
    private @Nullable Running running;

    private CommandRun(String... options) {
        PrintWriter out = new PrintWriter(output, true);
        exitCode = ChatServer.command(this::own).setOut(out).setErr(out).execute(options);
    }

    /** Gives the command these options; returns when the server listens, or the command has failed. */
    static CommandRun of(String... options) {
        return new CommandRun(options);
    }

    private CountDownLatch own(Running started) {
        running = started;
        return new CountDownLatch(0);
    }

    /** The exit code of the command; 0 as well when the server has started. */
    int exitCode() {
        return exitCode;
    }

    /** Everything printed or logged so far. */
    String output() {
        return output.toString();
    }

    /** The port on which the server listens. */
    int port() {
        Matcher address = ADDRESS.matcher(output());
        if (!address.find()) {
            throw new AssertionError("the server did not start: " + output());
        }
        return Integer.parseInt(address.group(1));
    }

    /** Whether the server has started and was not closed. */
    boolean isRunning() {
        return running != null;
    }

    /** Stops the server without a grace time; the output still grows while it stops. */
    void stop() {
        if (running != null) {
            running.close(Duration.ZERO);
            running = null;
        }
    }

    /** Stops the server and ends the capture of log lines. */
    @Override
    public void close() {
        stop();
        log.close();
    }

    /** Copies log lines, with their stack traces, into the output of the command. */
    private static final class LogToWriter extends AppenderBase<ILoggingEvent> {
        private final Logger root;
        private final PatternLayout layout = new PatternLayout();
        private final StringWriter output;

        LogToWriter(StringWriter output) {
            this.output = output;
            LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
            root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            layout.setContext(context);
            layout.setPattern("%level %logger{0}: %msg%n%ex");
            layout.start();
            setContext(context);
            start();
            root.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            output.write(layout.doLayout(event));
        }

        void close() {
            root.detachAppender(this);
            stop();
        }
    }
}

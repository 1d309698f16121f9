package io.webchat.examples.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the server's own logging configuration, nothing from outside begins a line or steers a terminal. */
class LogConfigurationTest {
    private static final String EVIL = "a\r\n12:00:00.000 ERROR fake\u001b[31m\u0007\u0085b\u2028c\u202e";

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void configure() throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(
                Objects.requireNonNull(LogConfigurationTest.class.getResource("/logback.xml"), "logback.xml"));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private List<String> lines(String message, @Nullable Throwable failure) {
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        LoggingEvent event = new LoggingEvent("x", root, Level.WARN, message, failure, null);
        var console = (OutputStreamAppender<ILoggingEvent>) root.getAppender("console");
        return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Test
    void aMessageIsOneLineWithoutControlCharacters() {
        assertThat(lines(EVIL, null))
                .singleElement()
                .asString()
                .endsWith("a\\u000d\\u000a12:00:00.000 ERROR fake\\u001b[31m\\u0007\\u0085b\\u2028c\\u202e");
    }

    @Test
    void theMessageOfAFailureBeginsNoLine() {
        List<String> lines = lines("failed", new IllegalStateException(EVIL, new IllegalArgumentException(EVIL)));

        assertThat(lines.get(0)).endsWith("failed");
        assertThat(lines.subList(1, lines.size()))
                .hasSizeGreaterThan(3)
                .allMatch(line -> line.startsWith("  "))
                .noneMatch(line -> line.chars().anyMatch(Character::isISOControl))
                .anyMatch(line -> line.contains("Caused by: java.lang.IllegalArgumentException"));
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(lines("J\u00fcrgen \ud83d\ude00 has joined", null))
                .singleElement()
                .asString()
                .endsWith("J\u00fcrgen \ud83d\ude00 has joined");
    }
}

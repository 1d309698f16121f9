package io.webchat.examples.server.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link People} that they ask for, and afterwards looks at what those people's pages wrote to their
 * consoles. Of a test that failed it keeps screenshots, traces and consoles in {@code target/browser}. Where there is
 * no browser the tests skip.
 */
final class BrowserTests implements BeforeAllCallback, ParameterResolver, AfterTestExecutionCallback {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(BrowserTests.class);
    private static final Path EVIDENCE = Path.of("target", "browser");

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<Path> executable = Chromium.find();
        assumeTrue(executable.isPresent(), Chromium.MISSING);
        stage(context, executable.get());
    }

    private static Stage stage(ExtensionContext context, Path executable) {
        // The store of the root ends with the run, and closes what it holds.
        return context.getRoot().getStore(HERE).computeIfAbsent(Stage.class, any -> open(executable), Stage.class);
    }

    private static Stage open(Path executable) {
        try {
            return Stage.open(executable);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == People.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Stage stage = stage(context, Chromium.find().orElseThrow());
        return context.getStore(HERE).computeIfAbsent(People.class, any -> new People(stage), People.class);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
        People people = context.getStore(HERE).get(People.class, People.class);
        if (people == null) {
            return;
        }
        boolean ok = false;
        try {
            if (context.getExecutionException().isEmpty()) {
                people.assertQuietConsoles();
                ok = true;
            }
        } finally {
            if (!ok) {
                people.keepEvidence(EVIDENCE.resolve(nameOf(context)));
            }
        }
    }

    private static String nameOf(ExtensionContext context) {
        return context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName();
    }
}

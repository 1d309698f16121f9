package io.webchat.examples.server.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.webchat.examples.server.Nodes;
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
 * consoles. Of a test that failed it keeps screenshots and consoles in a folder of that test below {@code
 * target/browser}, and with {@code -Dbrowser.trace=true} a trace of all steps. Without a browser the tests are skipped.
 * The nodes of a class with the tag {@code process} are processes, which the class may kill; those of the others are in
 * this JVM.
 */
final class BrowserTests implements BeforeAllCallback, ParameterResolver, AfterTestExecutionCallback {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(BrowserTests.class);
    private static final Path EVIDENCE = Path.of("target", "browser");
    private static final String MAY_KILL_NODES = "process";

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<Path> executable = Chromium.find();
        assumeTrue(executable.isPresent(), Chromium.MISSING);
        stage(context, executable.get());
    }

    private static Stage stage(ExtensionContext context, Path executable) {
        // The store of the root ends with the run, and closes what it holds.
        return context.getRoot()
                .getStore(HERE)
                .computeIfAbsent(Stage.class, any -> Stage.open(executable), Stage.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == People.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Stage stage = stage(context, Chromium.find().orElseThrow());
        boolean killed = context.getTags().contains(MAY_KILL_NODES);
        return context.getStore(HERE).computeIfAbsent(People.class, any -> people(stage, killed), People.class);
    }

    private static People people(Stage stage, boolean mayKillNodes) {
        try {
            Nodes nodes = mayKillNodes ? stage.processes() : stage.localNodes();
            return new People(stage, nodes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

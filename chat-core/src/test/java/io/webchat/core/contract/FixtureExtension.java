package io.webchat.core.contract;

import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Makes the fixture that a test has as its parameter, and closes it after the test.
 *
 * @param <S> the contract suite, which makes the backend of the fixture
 */
public abstract class FixtureExtension<S> implements ParameterResolver, AfterEachCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(FixtureExtension.class);

    private final Class<S> suite;
    private final Class<? extends ContractFixture> type;
    private final Function<S, ? extends ContractFixture> factory;

    /** For tests of this suite that have a parameter of this type. */
    protected FixtureExtension(
            Class<S> suite, Class<? extends ContractFixture> type, Function<S, ? extends ContractFixture> factory) {
        this.suite = suite;
        this.type = type;
        this.factory = factory;
    }

    @Override
    public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == type;
    }

    @Override
    public final Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ContractFixture fixture = factory.apply(suite.cast(context.getRequiredTestInstance()));
        context.getStore(NAMESPACE).put(type, fixture);
        return fixture;
    }

    @Override
    public final void afterEach(ExtensionContext context) {
        ContractFixture fixture = context.getStore(NAMESPACE).remove(type, ContractFixture.class);
        if (fixture != null) {
            fixture.close();
        }
    }
}

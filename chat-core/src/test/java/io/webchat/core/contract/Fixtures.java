package io.webchat.core.contract;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test the fixture that it asks for, on a backend of its suite, and closes it afterwards. */
final class Fixtures implements ParameterResolver, AfterEachCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Fixtures.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Fixture.class.isAssignableFrom(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Fixture fixture = fixtureOf(context.getRequiredTestInstance());
        context.getStore(NAMESPACE).put(Fixture.class, fixture);
        return fixture;
    }

    private static Fixture fixtureOf(Object suite) {
        if (suite instanceof OfflineQueueContract queues) {
            return new QueueFixture(queues);
        }
        if (suite instanceof ChatRouterContract routers) {
            return new RouterFixture(routers);
        }
        if (suite instanceof RoomStoreContract rooms) {
            return new RoomFixture(rooms);
        }
        if (suite instanceof ProfileStoreContract profiles) {
            return new ProfileFixture(profiles);
        }
        return new CallLogFixture((CallLogStoreContract) suite);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Fixture fixture = context.getStore(NAMESPACE).remove(Fixture.class, Fixture.class);
        if (fixture != null) {
            fixture.close();
        }
    }
}

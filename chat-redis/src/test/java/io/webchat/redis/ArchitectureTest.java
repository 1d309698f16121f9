package io.webchat.redis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of chat-redis: adapters → queue, pubsub, profiles and rooms → client. */
@AnalyzeClasses(packages = "io.webchat.redis", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule internalPackagesDoNotKnowTheAdapters = noClasses()
            .that()
            .resideInAPackage("io.webchat.redis.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.webchat.redis");

    @ArchTest
    static final ArchRule theClientKnowsNoOtherInternalPackage = noClasses()
            .that()
            .resideInAPackage("io.webchat.redis.internal.client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.webchat.redis.internal.queue..",
                    "io.webchat.redis.internal.pubsub..",
                    "io.webchat.redis.internal.profiles..",
                    "io.webchat.redis.internal.rooms..");

    @ArchTest
    static final ArchRule queuePubsubProfilesAndRoomsDoNotKnowEachOther = slices().matching(
                    "io.webchat.redis.internal.(queue|pubsub|profiles|rooms)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule theConfigurationKnowsNoInternalPackage = noClasses()
            .that()
            .haveSimpleNameStartingWith("RedisConfig")
            .or()
            .haveSimpleName("RedisUrl")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.webchat.redis.internal..");

    @ArchTest
    static final ArchRule nobodyNeedsSpring = noClasses()
            .that()
            .resideOutsideOfPackage("io.webchat.redis.spring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.webchat.redis.spring..", "org.springframework..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.webchat.redis.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule redisKnowsTheSpiButNotTheEngine = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.webchat.core.internal..", "io.webchat.core.memory..");
}

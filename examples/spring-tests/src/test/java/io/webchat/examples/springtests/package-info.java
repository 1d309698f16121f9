/** The auto-configurations of webchat, as an application on Spring Boot meets them. Runs on both generations. */
@NullMarked
package io.webchat.examples.springtests;

import org.jspecify.annotations.NullMarked;

/** Tests of the bundled server, most of them against the process that the README starts. */
@NullMarked
package io.webchat.examples.server;

import org.jspecify.annotations.NullMarked;

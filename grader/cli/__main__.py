from grader.cli.command import main

main()
